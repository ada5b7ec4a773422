package io.sluice.storage.local.index;

import io.sluice.storage.encryption.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * A run of stored bytes: a region of a blob file, or a value of {@code inline}. Immutable.
 *
 * @param id the blob's id; below zero, that of an inline value
 * @param offset where in the blob it begins
 * @param length its length in bytes
 * @param envelope the key that the blob or inline value is encrypted with, wrapped; or null
 */
public record Extent(long id, long offset, long length, @Nullable Envelope envelope) {
  /** A run that is not encrypted. */
  public Extent(long id, long offset, long length) {
    this(id, offset, length, null);
  }

  /** The same with its key wrapped anew. */
  public Extent withEnvelope(Envelope other) {
    return new Extent(id, offset, length, other);
  }

  /** Whether the bytes stand in the index; then exactly one version or part owns them. */
  public boolean isInline() {
    return id < 0;
  }

  /** The id of an inline value, from a sequence. */
  public static long inlineId(long sequence) {
    return sequence | Long.MIN_VALUE;
  }
}
