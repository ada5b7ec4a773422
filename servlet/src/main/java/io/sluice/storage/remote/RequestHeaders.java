package io.sluice.storage.remote;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.Checksum;
import io.sluice.model.ETag;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.Preconditions;
import io.sluice.protocol.EncodedWord;
import io.sluice.protocol.HttpDate;
import io.sluice.xml.XmlBodies;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * The headers of a request to the remote, as S3 names them: conditions, metadata, and the documents
 * that a write sets in the same commit. Confined to one request.
 */
final class RequestHeaders {
  private final Map<String, List<String>> headers = new LinkedHashMap<>();

  /** Adds a header; null adds nothing. */
  RequestHeaders with(String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, List.of(value));
    }
    return this;
  }

  /** The conditions of a read, with a prefix for those on a copy's source. */
  RequestHeaders read(String prefix, Preconditions conditions) {
    return with(prefix + "If-Match", tags(conditions.ifMatch()))
        .with(prefix + "If-None-Match", tags(conditions.ifNoneMatch()))
        .with(prefix + "If-Modified-Since", date(conditions.ifModifiedSince()))
        .with(prefix + "If-Unmodified-Since", date(conditions.ifUnmodifiedSince()));
  }

  /** The conditions of a write or deletion. */
  RequestHeaders write(Preconditions conditions) {
    Long size = conditions.ifMatchSizeBytes();
    return with("If-Match", expected(conditions.ifMatch()))
        .with("If-None-Match", tags(conditions.ifNoneMatch()))
        .with("x-amz-if-match-last-modified-time", date(conditions.ifMatchLastModified()))
        .with("x-amz-if-match-size", size == null ? null : size.toString());
  }

  /** What the client set on an object. */
  RequestHeaders metadata(ObjectMetadata metadata) {
    metadata
        .system()
        .forEach(
            (name, value) -> {
              if (ObjectHeaders.SYSTEM.contains(name)) {
                with(name, value);
              } else if (!name.equals(ObjectMetadata.TAGGING_COUNT)) {
                throw S3ErrorCode.NOT_IMPLEMENTED.exception(
                    "The provider of this bucket cannot keep " + name + ".");
              }
            });
    metadata.user().forEach((name, value) -> with("x-amz-meta-" + name, EncodedWord.encode(value)));
    return this;
  }

  /**
   * The documents that a new version gets.
   *
   * @throws io.sluice.error.S3Exception NotImplemented for one that no header carries
   */
  RequestHeaders documents(Map<String, byte[]> documents) {
    documents.forEach(
        (name, document) -> {
          switch (name) {
            case "tagging" -> with("x-amz-tagging", tagging(document));
            case "retention" -> {
              Retention retention = XmlBodies.read(document, Retention.class);
              with("x-amz-object-lock-mode", retention.mode());
              with("x-amz-object-lock-retain-until-date", retention.retainUntilDate());
            }
            case "legal-hold" ->
                with(
                    "x-amz-object-lock-legal-hold",
                    XmlBodies.read(document, LegalHold.class).status());
            default ->
                throw S3ErrorCode.NOT_IMPLEMENTED.exception(
                    "The provider of this bucket cannot keep an object's " + name + ".");
          }
        });
    return this;
  }

  /** A final checksum that is expected. */
  RequestHeaders checksum(@Nullable Checksum checksum) {
    return checksum == null ? this : with(checksum.algorithm().headerName(), checksum.value());
  }

  /** What a request is built with. */
  AwsRequestOverrideConfiguration configuration() {
    return AwsRequestOverrideConfiguration.builder().headers(headers).build();
  }

  private static String tagging(byte[] document) {
    TagSet set = XmlBodies.read(document, Tagging.class).tagSet();
    return set == null
        ? ""
        : set.tag().stream()
            .map(tag -> encode(tag.key()) + "=" + encode(tag.value()))
            .collect(Collectors.joining("&"));
  }

  private static String encode(@Nullable String text) {
    return text == null ? "" : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** One tag goes without its quotes, which S3 takes as well, and Ceph 16 takes for part of it. */
  private static @Nullable String expected(@Nullable List<ETag> tags) {
    return tags != null && tags.size() == 1 ? tags.get(0).value() : tags(tags);
  }

  private static @Nullable String tags(@Nullable List<ETag> tags) {
    return tags == null
        ? null
        : tags.stream()
            .map(tag -> tag.equals(Preconditions.ANY) ? "*" : tag.quoted())
            .collect(Collectors.joining(", "));
  }

  private static @Nullable String date(@Nullable Instant instant) {
    return instant == null ? null : HttpDate.format(instant);
  }

  @JsonRootName("Tagging")
  record Tagging(@Nullable TagSet tagSet) {}

  record TagSet(List<Tag> tag) {
    TagSet {
      tag = tag == null ? List.of() : List.copyOf(tag);
    }
  }

  record Tag(@Nullable String key, @Nullable String value) {}

  @JsonRootName("Retention")
  record Retention(@Nullable String mode, @Nullable String retainUntilDate) {}

  @JsonRootName("LegalHold")
  record LegalHold(@Nullable String status) {}
}
