package io.sluice.auth;

import io.sluice.error.S3ErrorCode;

/**
 * The forms of {@code x-amz-content-sha256}: what a signature says of the body. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Transferring
 *     payload in chunks</a>
 */
sealed interface PayloadHash {
  /** The name of the header. */
  String HEADER = "x-amz-content-sha256";

  /** The SHA-256 of the body, in hex, lower case. */
  record Literal(String hex) implements PayloadHash {}

  /** The body is not covered. */
  record Unsigned() implements PayloadHash {}

  /**
   * The body comes in chunks of {@code aws-chunked}.
   *
   * @param signed whether each chunk carries a signature
   * @param trailer whether trailing headers follow
   */
  record Chunked(boolean signed, boolean trailer) implements PayloadHash {}

  /**
   * Parses.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument; NotImplemented for asymmetric signatures
   */
  static PayloadHash parse(String text) {
    return switch (text) {
      case "UNSIGNED-PAYLOAD" -> new Unsigned();
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" -> new Chunked(true, false);
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" -> new Chunked(true, true);
      case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> new Chunked(false, true);
      case "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD",
          "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER" ->
          throw S3ErrorCode.NOT_IMPLEMENTED
              .exception("Asymmetric signatures (SigV4A) are not implemented.")
              .with("Header", HEADER);
      default -> {
        if (text.length() != 64 || !text.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
          throw S3ErrorCode.INVALID_ARGUMENT
              .exception(
                  "x-amz-content-sha256 must be UNSIGNED-PAYLOAD,"
                      + " STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD,"
                      + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.")
              .with("ArgumentName", HEADER)
              .with("ArgumentValue", text);
        }
        yield new Literal(text.toLowerCase(java.util.Locale.ROOT));
      }
    };
  }
}
