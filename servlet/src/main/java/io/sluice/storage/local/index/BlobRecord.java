package io.sluice.storage.local.index;

/**
 * A blob file as the index keeps it. Immutable.
 *
 * @param sizeBytes length of the file
 * @param blockCrcs CRC32C of each block of {@link #BLOCK_BYTES}; the last one may be shorter
 */
// Not compared, and not handed out.
@SuppressWarnings("ArrayRecordComponent")
public record BlobRecord(long sizeBytes, int[] blockCrcs) {
  /** Small enough to verify before anything of it is sent, large enough to read in one call. */
  public static final int BLOCK_BYTES = 128 * 1024;
}
