package io.sluice.model;

import java.util.Locale;
import java.util.Optional;

/**
 * The checksums of the S3 model. The wire name travels in {@code x-amz-checksum-algorithm} and
 * {@code x-amz-sdk-checksum-algorithm}; values travel in base64, big-endian. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Checking
 *     object integrity</a>
 */
public enum ChecksumAlgorithm {
  CRC32("CRC32", 4, true),
  CRC32C("CRC32C", 4, true),
  CRC64NVME("CRC64NVME", 8, true),
  SHA1("SHA1", 20, false),
  SHA256("SHA256", 32, false),
  SHA512("SHA512", 64, false),
  MD5("MD5", 16, false),
  XXHASH64("XXHASH64", 8, false),
  XXHASH3("XXHASH3", 8, false),
  XXHASH128("XXHASH128", 16, false);

  private final String wireName;
  private final int lengthBytes;
  private final boolean combinable;
  private final String headerName;

  ChecksumAlgorithm(String wireName, int lengthBytes, boolean combinable) {
    this.wireName = wireName;
    this.lengthBytes = lengthBytes;
    this.combinable = combinable;
    this.headerName = "x-amz-checksum-" + wireName.toLowerCase(Locale.ROOT);
  }

  /** The name in headers and documents, such as {@code CRC64NVME}. */
  public String wireName() {
    return wireName;
  }

  /** The digest's length in bytes before base64. */
  public int lengthBytes() {
    return lengthBytes;
  }

  /** Whether the parts' values combine into the whole object's, as those of a CRC do. */
  public boolean combinable() {
    return combinable;
  }

  /**
   * The header, trailer and (camel-cased) element that carries a value: {@code x-amz-checksum-…}.
   */
  public String headerName() {
    return headerName;
  }

  /** The element of XML documents, such as {@code ChecksumCRC64NVME}. */
  public String elementName() {
    return "Checksum" + wireName;
  }

  /** The algorithm with a wire name, in any letter case. */
  public static Optional<ChecksumAlgorithm> of(String wireName) {
    for (ChecksumAlgorithm algorithm : values()) {
      if (algorithm.wireName.equalsIgnoreCase(wireName)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** The algorithm whose header this is, in any letter case. */
  public static Optional<ChecksumAlgorithm> ofHeader(String headerName) {
    for (ChecksumAlgorithm algorithm : values()) {
      if (algorithm.headerName.equalsIgnoreCase(headerName)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }
}
