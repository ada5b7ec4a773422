package io.sluice.storage.maintenance;

import io.sluice.model.ObjectKey;
import java.io.IOException;
import java.util.List;

/**
 * What a cache holds of one bucket that lives elsewhere. Nothing here changes the bucket itself.
 * Thread-safe.
 */
public interface BucketCache {
  /** What became of the wish to have an object here. */
  enum Fetched {
    /** It was read, and is here now. */
    READ,
    /** It was here. */
    HERE,
    /** It is not kept: it is too large, was written to meanwhile, or is not what its tag says. */
    NOT_KEPT
  }

  /** Whether an object is here, though it may have changed where it lives. */
  boolean holds(ObjectKey key);

  /** The keys of what is here now and begins with a prefix, in no order. */
  List<ObjectKey> keys(String prefix);

  /**
   * Lets an object go, and keeps nothing of a read of it that is under way. The back end is not
   * asked.
   *
   * @return whether it was here
   */
  boolean evict(ObjectKey key) throws IOException;

  /**
   * Has an object here: reads it unless it is, once however many ask, and returns at the end.
   *
   * @param latest whether to ask the back end whether what is here is still what it has
   * @throws io.sluice.error.S3Exception as the back end's; NoSuchKey
   * @throws IOException when the back end breaks off
   */
  Fetched prefetch(ObjectKey key, boolean latest) throws IOException;
}
