package io.sluice.storage.cache;

import io.sluice.model.ByteRange;
import io.sluice.model.ObjectKey;

/**
 * What a cache holds and reads at once: an object whole, or an aligned block of one. Immutable.
 *
 * @param key the object
 * @param block the block's number, from 0; {@link #ALL} for the whole object
 */
record Piece(CacheKey key, long block) {
  /** In the place of a block's number: the whole object. */
  static final long ALL = -1;

  static Piece whole(CacheKey key) {
    return new Piece(key, ALL);
  }

  boolean isWhole() {
    return block == ALL;
  }

  /** Its key in the cache's space; a block's begins with its object's. */
  ObjectKey inSpace() {
    ObjectKey object = key.inSpace();
    return isWhole() ? object : new ObjectKey(object.value() + "." + block);
  }

  /** Which bytes of its object a block is, if that is long enough. */
  ByteRange range(long blockBytes) {
    return new ByteRange.FromTo(block * blockBytes, (block + 1) * blockBytes - 1);
  }

  /** The same in an object of a size. */
  ByteRange.Resolved range(long blockBytes, long sizeBytes) {
    return range(blockBytes).resolve(sizeBytes);
  }
}
