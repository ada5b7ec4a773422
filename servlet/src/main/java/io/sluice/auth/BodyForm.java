package io.sluice.auth;

import io.sluice.error.S3ErrorCode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a body's bytes travel. Immutable.
 *
 * @param chunked how {@code aws-chunked} is used; null when it is not
 * @param lengthBytes decoded length, empty when the headers do not tell it
 */
record BodyForm(ChunkedPayloadStream.@Nullable Form chunked, OptionalLong lengthBytes) {
  private static final String DECODED_LENGTH = "x-amz-decoded-content-length";

  static BodyForm parse(SignableRequest request, PayloadHash payloadHash, DeclaredDigests digests) {
    if (payloadHash instanceof PayloadHash.Chunked chunked) {
      OptionalLong decoded = length(request, DECODED_LENGTH);
      if (decoded.isEmpty()) {
        throw S3ErrorCode.MISSING_CONTENT_LENGTH.exception(
            "You must provide the x-amz-decoded-content-length HTTP header.");
      }
      return new BodyForm(
          new ChunkedPayloadStream.Form(
              chunked.signed(),
              chunked.trailer() ? digests.trailerNames() : null,
              decoded.getAsLong()),
          decoded);
    }
    boolean transferChunked = request.header("transfer-encoding") != null;
    return new BodyForm(
        null, transferChunked ? OptionalLong.empty() : length(request, "content-length"));
  }

  private static OptionalLong length(SignableRequest request, String name) {
    String text = request.header(name);
    if (text == null || text.isBlank()) {
      return OptionalLong.empty();
    }
    if (!text.strip().matches("[0-9]{1,18}")) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The length is no number.")
          .with("ArgumentName", name)
          .with("ArgumentValue", text);
    }
    return OptionalLong.of(Long.parseLong(text.strip()));
  }
}
