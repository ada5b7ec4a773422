package io.sluice.model;

import io.sluice.error.S3ErrorCode;
import java.util.Base64;

/**
 * A checksum's value: the digest in base64, and {@code -parts} behind it when composite. Immutable.
 */
public record Checksum(ChecksumAlgorithm algorithm, ChecksumType type, String value) {
  /** A checksum of a whole body. */
  public static Checksum of(ChecksumAlgorithm algorithm, byte[] digest) {
    return new Checksum(
        algorithm, ChecksumType.FULL_OBJECT, Base64.getEncoder().encodeToString(digest));
  }

  /**
   * A whole body's checksum as a client sent it.
   *
   * @throws io.sluice.error.S3Exception InvalidRequest when it is not base64 of the right length
   */
  public static Checksum parse(ChecksumAlgorithm algorithm, String base64) {
    byte[] digest;
    try {
      digest = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      digest = new byte[0];
    }
    if (digest.length != algorithm.lengthBytes()) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "Value for " + algorithm.headerName() + " header is invalid.");
    }
    return of(algorithm, digest);
  }

  /** The digest's bytes, without the part count of a composite. */
  public byte[] digest() {
    int dash = value.indexOf('-');
    return Base64.getDecoder().decode(dash < 0 ? value : value.substring(0, dash));
  }
}
