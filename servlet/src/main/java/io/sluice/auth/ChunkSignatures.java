package io.sluice.auth;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The chain of chunk signatures: each covers the one before, the first covers the request's. One
 * body's; confined to one thread.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Chunked
 *     upload</a>
 */
final class ChunkSignatures {
  private static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final SigningKeys.SigningKey key;
  private final String date;
  private final CredentialScope scope;
  private String previous;
  private final MessageDigest chunk = ChecksumDigest.messageDigest("SHA-256");

  ChunkSignatures(SigningKeys.SigningKey key, String date, CredentialScope scope, String seed) {
    this.key = key;
    this.date = date;
    this.scope = scope;
    this.previous = seed;
  }

  /** Adds bytes of the current chunk. */
  void update(byte[] bytes, int offset, int length) {
    chunk.update(bytes, offset, length);
  }

  /** Ends the current chunk. */
  void verifyChunk(String signature) {
    String digest = HexFormat.of().formatHex(chunk.digest());
    verify("AWS4-HMAC-SHA256-PAYLOAD", EMPTY_SHA256 + '\n' + digest, signature);
  }

  /** Checks the trailers, each a line {@code name:value} with a line feed. */
  void verifyTrailer(String trailers, String signature) {
    chunk.update(trailers.getBytes(StandardCharsets.ISO_8859_1));
    verify("AWS4-HMAC-SHA256-TRAILER", HexFormat.of().formatHex(chunk.digest()), signature);
  }

  private void verify(String algorithm, String rest, String signature) {
    String stringToSign = algorithm + '\n' + date + '\n' + scope + '\n' + previous + '\n' + rest;
    String expected = key.sign(stringToSign);
    if (!MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.ISO_8859_1),
        signature.getBytes(StandardCharsets.ISO_8859_1))) {
      throw S3ErrorCode.SIGNATURE_DOES_NOT_MATCH
          .exception()
          .with("StringToSign", stringToSign)
          .with("SignatureProvided", signature);
    }
    previous = expected;
  }
}
