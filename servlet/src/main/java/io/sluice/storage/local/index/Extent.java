package io.sluice.storage.local.index;

/**
 * A run of stored bytes: a region of a blob file, or a value of {@code inline}. Immutable.
 *
 * @param id the blob's id; below zero, that of an inline value
 * @param offset where in the blob it begins
 * @param length its length in bytes
 */
public record Extent(long id, long offset, long length) {
  /** Whether the bytes stand in the index; then exactly one version or part owns them. */
  public boolean isInline() {
    return id < 0;
  }

  /** The id of an inline value, from a sequence. */
  public static long inlineId(long sequence) {
    return sequence | Long.MIN_VALUE;
  }
}
