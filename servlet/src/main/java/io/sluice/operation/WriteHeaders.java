package io.sluice.operation;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ObjectMetadata;
import io.sluice.protocol.EncodedWord;
import io.sluice.protocol.S3Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The metadata that the headers of a write set. Stateless. */
public final class WriteHeaders {
  /** Where an appended body begins, in bytes. */
  public static final String WRITE_OFFSET = "x-amz-write-offset-bytes";

  private static final String USER_PREFIX = "x-amz-meta-";

  /** AWS: user-defined metadata is limited to 2 KB, names and values in UTF-8. */
  private static final int MAX_USER_METADATA_BYTES = 2048;

  private static final List<String> SYSTEM =
      List.of(
          ObjectMetadata.CONTENT_TYPE,
          ObjectMetadata.CACHE_CONTROL,
          ObjectMetadata.CONTENT_DISPOSITION,
          ObjectMetadata.CONTENT_LANGUAGE,
          ObjectMetadata.EXPIRES,
          ObjectMetadata.WEBSITE_REDIRECT_LOCATION);

  /** The classes by S3's names; what lies in an archive is restored before it is read. */
  private static final Set<String> STORAGE_CLASSES =
      Set.of(
          "STANDARD",
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER_IR",
          "GLACIER",
          "DEEP_ARCHIVE");

  private WriteHeaders() {}

  /**
   * Parses.
   *
   * @throws io.sluice.error.S3Exception MetadataTooLarge, InvalidStorageClass, InvalidRequest for a
   *     redirect location that is none
   */
  public static ObjectMetadata metadata(S3Headers headers) {
    Map<String, String> system = new LinkedHashMap<>();
    for (String name : SYSTEM) {
      headers.nonBlank(name).ifPresent(value -> system.put(name, value));
    }
    String encoding = contentEncoding(headers);
    if (encoding != null) {
      system.put(ObjectMetadata.CONTENT_ENCODING, encoding);
    }
    headers.nonBlank(ObjectMetadata.STORAGE_CLASS).ifPresent(value -> putClass(system, value));
    String redirect = system.get(ObjectMetadata.WEBSITE_REDIRECT_LOCATION);
    if (redirect != null && !redirect.matches("(/|https?://).*")) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.");
    }
    return new ObjectMetadata(system, user(headers));
  }

  /** The coding of the object: {@code aws-chunked} was the transfer's and is never stored. */
  private static @Nullable String contentEncoding(S3Headers headers) {
    String value = headers.joinedUtf8(ObjectMetadata.CONTENT_ENCODING);
    if (value == null) {
      return null;
    }
    List<String> kept = new ArrayList<>();
    for (String coding : value.split(",", -1)) {
      if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("aws-chunked")) {
        kept.add(coding.strip());
      }
    }
    return kept.isEmpty() ? null : String.join(",", kept);
  }

  private static void putClass(Map<String, String> system, String value) {
    if (!STORAGE_CLASSES.contains(value)) {
      throw S3ErrorCode.INVALID_STORAGE_CLASS.exception().with("StorageClassRequested", value);
    }
    if (!value.equals("STANDARD")) {
      system.put(ObjectMetadata.STORAGE_CLASS, value);
    }
  }

  private static Map<String, String> user(S3Headers headers) {
    Map<String, String> user = new LinkedHashMap<>();
    int bytes = 0;
    for (String name : headers.names()) {
      String value = name.startsWith(USER_PREFIX) ? headers.joinedUtf8(name) : null;
      if (value != null) {
        String key = name.substring(USER_PREFIX.length()).toLowerCase(Locale.ROOT);
        String text = EncodedWord.decode(value.strip());
        bytes += utf8Length(key) + utf8Length(text);
        user.put(key, text);
      }
    }
    if (bytes > MAX_USER_METADATA_BYTES) {
      throw S3ErrorCode.METADATA_TOO_LARGE
          .exception()
          .with("Size", bytes)
          .with("MaxSizeAllowed", MAX_USER_METADATA_BYTES);
    }
    return user;
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
