package io.sluice.storage.local.index;

/**
 * A blob file as the index keeps it. Immutable.
 *
 * @param sizeBytes length of the file
 * @param blockCrcs CRC32C of each block of {@link #BLOCK_BYTES} as it stands in the file; the last
 *     one may be shorter
 * @param blockTags of an encrypted blob, 16 bytes for each block, which prove it; else empty
 */
// Not compared, and not handed out.
@SuppressWarnings("ArrayRecordComponent")
public record BlobRecord(long sizeBytes, int[] blockCrcs, byte[] blockTags) {
  /** Small enough to verify before anything of it is sent, large enough to read in one call. */
  public static final int BLOCK_BYTES = 128 * 1024;

  /** A blob that is not encrypted. */
  public BlobRecord(long sizeBytes, int[] blockCrcs) {
    this(sizeBytes, blockCrcs, new byte[0]);
  }
}
