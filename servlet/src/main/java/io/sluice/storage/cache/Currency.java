package io.sluice.storage.cache;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.storage.NotModifiedException;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whether what is here is what the back end has; what is not goes. Thread-safe. */
record Currency(ObjectStore base, CacheSpace space, Fills fills) {
  /** An object as it is here, when the back end has it so; null when not, and it is gone. */
  @Nullable ObjectInfo compare(ObjectRef source, ObjectInfo here) throws IOException {
    CacheKey key = CacheKey.of(source);
    try {
      if (isSame(here, base.head(source, ReadOptions.ALL))) {
        return here;
      }
    } catch (S3Exception e) {
      if (space.settings().synchronize() && e.code() == S3ErrorCode.NO_SUCH_KEY) {
        invalidate(key);
      }
      throw e;
    }
    invalidate(key);
    return null;
  }

  /**
   * Whether a read that began earlier is of what the back end has now; closes it when it is not.
   */
  boolean isCurrent(ObjectRef source, ObjectContent followed) throws IOException {
    boolean current = false;
    try {
      current = isSame(followed.info(), base.head(source, ReadOptions.ALL));
      return current;
    } finally {
      if (!current) {
        followed.close();
      }
    }
  }

  /** Forgets an object, because it is written to: also what is being read of it is not kept. */
  void invalidate(CacheKey key) throws IOException {
    fills.outdate(key);
    space.evict(key);
  }

  /** Whether two are one state of an object. */
  static boolean isSame(ObjectInfo here, ObjectInfo there) {
    return here.sizeBytes() == there.sizeBytes()
        && here.etag().equals(there.etag())
        && here.version().idOrNull().equals(there.version().idOrNull());
  }

  /** Refuses a read whose conditions do not hold. */
  static void evaluate(ObjectInfo info, Preconditions conditions) {
    switch (conditions.evaluateRead(info)) {
      case NOT_MODIFIED -> throw new NotModifiedException(info);
      case FAILED ->
          throw Preconditions.failed(
              conditions.ifMatch() == null ? "If-Unmodified-Since" : "If-Match");
      case PROCEED -> {}
    }
  }
}
