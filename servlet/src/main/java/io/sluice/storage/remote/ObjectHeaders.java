package io.sluice.storage.remote;

import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ChecksumType;
import io.sluice.model.ETag;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.ObjectVersion;
import io.sluice.protocol.EncodedWord;
import io.sluice.protocol.HttpDate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The headers that tell an object, read from an answer of the remote. Immutable.
 *
 * @param http the answer
 */
record ObjectHeaders(SdkHttpResponse http) {
  private static final String USER_PREFIX = "x-amz-meta-";
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");
  private static final Pattern PARTS = Pattern.compile(".*-(\\d{1,5})");

  static final List<String> SYSTEM =
      List.of(
          ObjectMetadata.CONTENT_TYPE,
          ObjectMetadata.CACHE_CONTROL,
          ObjectMetadata.CONTENT_DISPOSITION,
          ObjectMetadata.CONTENT_ENCODING,
          ObjectMetadata.CONTENT_LANGUAGE,
          ObjectMetadata.EXPIRES,
          ObjectMetadata.STORAGE_CLASS,
          ObjectMetadata.WEBSITE_REDIRECT_LOCATION);

  /** The object that the answer tells. */
  ObjectInfo object(ObjectRef ref, String ownerId) {
    ETag etag = etag();
    return new ObjectInfo(
        ref.key(),
        version(ref.versionId() == null),
        sizeBytes(),
        etag,
        instant("Last-Modified"),
        metadata(),
        range() == null ? checksums() : List.of(),
        partCount(etag),
        ownerId);
  }

  /** Which version it is; whether it is the current one shows only when none was named. */
  ObjectVersion version(boolean current) {
    return new ObjectVersion(get("x-amz-version-id"), current, false);
  }

  /** The entity tag; empty when the remote sends none. */
  ETag etag() {
    String tag = get("ETag");
    return ETag.parse(tag == null ? "" : tag);
  }

  /** A date; the answer's own date when the header is missing. */
  Instant instant(String name) {
    String value = get(name);
    if (value == null) {
      value = get("Date");
    }
    return value == null ? Instant.EPOCH : HttpDate.parse(value).orElse(Instant.EPOCH);
  }

  private long sizeBytes() {
    Matcher range = range();
    String length = get("Content-Length");
    if (range != null) {
      return Long.parseLong(range.group(3));
    }
    return length == null ? 0 : Long.parseLong(length);
  }

  /** The first byte that the answer brings. */
  long offset() {
    Matcher range = range();
    return range == null ? 0 : Long.parseLong(range.group(1));
  }

  /** How many bytes the answer brings. */
  long length() {
    Matcher range = range();
    return range == null
        ? sizeBytes()
        : Long.parseLong(range.group(2)) - Long.parseLong(range.group(1)) + 1;
  }

  private @Nullable Matcher range() {
    String value = get("Content-Range");
    Matcher matcher = value == null ? null : CONTENT_RANGE.matcher(value);
    return matcher != null && matcher.matches() ? matcher : null;
  }

  private ObjectMetadata metadata() {
    Map<String, String> system = new LinkedHashMap<>();
    for (String name : SYSTEM) {
      String value = get(name);
      boolean standard = name.equals(ObjectMetadata.STORAGE_CLASS) && "STANDARD".equals(value);
      if (value != null && !standard) {
        system.put(name, value);
      }
    }
    String tags = get(ObjectMetadata.TAGGING_COUNT);
    system.put(ObjectMetadata.TAGGING_COUNT, tags == null ? "0" : tags);
    Map<String, String> user = new LinkedHashMap<>();
    http.headers()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (lower.startsWith(USER_PREFIX)) {
                user.put(
                    lower.substring(USER_PREFIX.length()),
                    EncodedWord.decode(String.join(",", values)));
              }
            });
    return new ObjectMetadata(system, user);
  }

  /** The checksums that the answer tells. */
  List<Checksum> checksums() {
    List<Checksum> checksums = new ArrayList<>();
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      String value = get(algorithm.headerName());
      if (value != null) {
        checksums.add(checksum(algorithm, value));
      }
    }
    return checksums;
  }

  /** A checksum as it travels: with a number of parts it is a composite one. */
  static Checksum checksum(ChecksumAlgorithm algorithm, String value) {
    ChecksumType type = value.indexOf('-') < 0 ? ChecksumType.FULL_OBJECT : ChecksumType.COMPOSITE;
    return new Checksum(algorithm, type, value);
  }

  private int partCount(ETag etag) {
    String count = get("x-amz-mp-parts-count");
    return count == null ? partCountOf(etag) : Integer.parseInt(count);
  }

  /** The number of parts that an entity tag tells. */
  static int partCountOf(ETag etag) {
    Matcher matcher = PARTS.matcher(etag.value());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /** A header's value; null when it is absent. */
  @Nullable String get(String name) {
    return http.firstMatchingHeader(name).orElse(null);
  }
}
