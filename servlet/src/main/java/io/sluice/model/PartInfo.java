package io.sluice.model;

import java.time.Instant;
import java.util.List;

/**
 * A part of an upload or of a completed object. Immutable.
 *
 * @param partNumber 1 to 10,000
 * @param sizeBytes size in bytes
 * @param etag MD5 of the part
 * @param modifiedAt time of the upload
 * @param checksums stored checksums of the part, at most one per algorithm
 */
public record PartInfo(
    int partNumber, long sizeBytes, ETag etag, Instant modifiedAt, List<Checksum> checksums) {
  /** AWS: multipart upload limits. */
  public static final int MAX_PART_NUMBER = 10_000;

  /** Copies the list. */
  public PartInfo {
    checksums = List.copyOf(checksums);
  }
}
