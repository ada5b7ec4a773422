package io.sluice.model;

/**
 * What a bucket or an account takes, or by how much that changes. Immutable.
 *
 * @param bytes bytes of all versions, as clients see them: a copy by reference counts as any other
 * @param objects number of versions; delete markers are none
 * @param partBytes bytes of the parts of uploads under way
 * @param parts number of those parts
 */
public record Usage(long bytes, long objects, long partBytes, long parts) {
  /** Nothing. */
  public static final Usage NONE = new Usage(0, 0, 0, 0);

  /** One version of a size in bytes. */
  public static Usage ofObject(long sizeBytes) {
    return new Usage(sizeBytes, 1, 0, 0);
  }

  /** One part of a size in bytes. */
  public static Usage ofPart(long sizeBytes) {
    return new Usage(0, 0, sizeBytes, 1);
  }

  /** All bytes, which is what quotas limit. */
  public long totalBytes() {
    return bytes + partBytes;
  }

  /** The sum. */
  public Usage plus(Usage other) {
    return new Usage(
        bytes + other.bytes,
        objects + other.objects,
        partBytes + other.partBytes,
        parts + other.parts);
  }

  /** The difference, which may be negative. */
  public Usage minus(Usage other) {
    return new Usage(
        bytes - other.bytes,
        objects - other.objects,
        partBytes - other.partBytes,
        parts - other.parts);
  }
}
