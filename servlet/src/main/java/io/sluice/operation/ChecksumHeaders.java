package io.sluice.operation;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checksums in headers of requests and responses. Stateless. */
public final class ChecksumHeaders {
  private ChecksumHeaders() {}

  /** Adds the checksums of an object, and their type, to a response. */
  public static void add(S3Response response, List<Checksum> checksums) {
    for (Checksum checksum : checksums) {
      response.header(checksum.algorithm().headerName(), checksum.value());
      response.header("x-amz-checksum-type", checksum.type().name());
    }
  }

  /** Adds the checksums of a part to a response. */
  public static void addOfPart(S3Response response, List<Checksum> checksums) {
    for (Checksum checksum : checksums) {
      response.header(checksum.algorithm().headerName(), checksum.value());
    }
  }

  /**
   * The algorithm that {@code x-amz-checksum-algorithm} asks for; null for none.
   *
   * @throws io.sluice.error.S3Exception InvalidRequest for an unknown one
   */
  public static @Nullable ChecksumAlgorithm algorithm(S3Headers headers) {
    String name = headers.nonBlank("x-amz-checksum-algorithm").orElse(null);
    if (name == null) {
      return null;
    }
    return ChecksumAlgorithm.of(name)
        .orElseThrow(
            () ->
                S3ErrorCode.INVALID_REQUEST.exception(
                    "Checksum algorithm provided is unsupported. Please try again with any of the"
                        + " valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256, SHA512, MD5,"
                        + " XXHASH64, XXHASH3, XXHASH128]"));
  }
}
