package io.sluice.protocol;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ETag;
import io.sluice.model.Preconditions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of conditional headers. A date that cannot be parsed is no condition (RFC 9110,
 * 13.1.3). Stateless.
 */
public final class ConditionHeaders {
  private ConditionHeaders() {}

  /** The conditions of a read. */
  public static Preconditions ofRead(S3Headers headers) {
    return of(headers, "");
  }

  /** The conditions on the source of a copy. */
  public static Preconditions ofCopySource(S3Headers headers) {
    return of(headers, CopySource.HEADER + "-");
  }

  /**
   * The conditions in the headers of a prefix, each of the four that a read may have.
   *
   * @param prefix what the names begin with, such as {@code x-amz-rename-source-}; empty for none
   */
  public static Preconditions of(S3Headers headers, String prefix) {
    return new Preconditions(
        tags(headers, prefix + "if-match"),
        tags(headers, prefix + "if-none-match"),
        date(headers, prefix + "if-modified-since"),
        date(headers, prefix + "if-unmodified-since"),
        null,
        null);
  }

  /**
   * The conditions of a write.
   *
   * @throws io.sluice.error.S3Exception NotImplemented for an {@code If-None-Match} other than
   *     {@code *}, and for dates, as AWS answers them
   */
  public static Preconditions ofWrite(S3Headers headers) {
    List<ETag> ifNoneMatch = tags(headers, "if-none-match");
    if (ifNoneMatch != null && !ifNoneMatch.equals(List.of(Preconditions.ANY))) {
      throw notImplemented("If-None-Match");
    }
    for (String name : List.of("if-modified-since", "if-unmodified-since")) {
      if (headers.has(name)) {
        throw notImplemented(name);
      }
    }
    return new Preconditions(tags(headers, "if-match"), ifNoneMatch, null, null, null, null);
  }

  /**
   * The conditions of a delete.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument for a size or date that is none
   */
  public static Preconditions ofDelete(S3Headers headers) {
    for (String name : List.of("if-none-match", "if-modified-since", "if-unmodified-since")) {
      if (headers.has(name)) {
        throw notImplemented(name);
      }
    }
    String size = headers.get("x-amz-if-match-size");
    String modified = headers.get("x-amz-if-match-last-modified-time");
    return new Preconditions(
        tags(headers, "if-match"),
        null,
        null,
        null,
        modified == null ? null : requiredDate("x-amz-if-match-last-modified-time", modified),
        size == null ? null : size(size));
  }

  /** A list of tags; {@code *} is {@link Preconditions#ANY}. */
  public static @Nullable List<ETag> tags(S3Headers headers, String name) {
    String value = headers.joinedUtf8(name);
    if (value == null || value.isBlank()) {
      return null;
    }
    List<ETag> tags = new ArrayList<>();
    for (String tag : value.split(",", -1)) {
      if (!tag.isBlank()) {
        tags.add(ETag.parse(tag));
      }
    }
    return List.copyOf(tags);
  }

  private static @Nullable Instant date(S3Headers headers, String name) {
    String value = headers.get(name);
    return value == null ? null : HttpDate.parse(value).orElse(null);
  }

  /** A date that a guard needs. */
  public static Instant requiredDate(String name, String value) {
    return HttpDate.parse(value)
        .orElseThrow(
            () ->
                S3ErrorCode.INVALID_ARGUMENT
                    .exception("The date is not valid.")
                    .with("ArgumentName", name)
                    .with("ArgumentValue", value));
  }

  private static long size(String value) {
    if (!value.strip().matches("[0-9]{1,18}")) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The size is not valid.")
          .with("ArgumentName", "x-amz-if-match-size")
          .with("ArgumentValue", value);
    }
    return Long.parseLong(value.strip());
  }

  private static RuntimeException notImplemented(String header) {
    return S3ErrorCode.NOT_IMPLEMENTED
        .exception("A header you provided implies functionality that is not implemented")
        .with("Header", header)
        .with("additionalMessage", "this condition is not defined for this operation");
  }
}
