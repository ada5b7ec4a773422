package io.sluice.storage.local.usage;

import io.sluice.model.Usage;
import io.sluice.storage.local.index.BucketRecord;
import java.io.IOException;

/**
 * Whether a write may begin, asked before its body is read. Thread-safe.
 *
 * @param usage the quotas, which decide again at the commit
 * @param space the room on the disk
 */
public record Admission(UsageLedger usage, FreeSpace space) {
  /** What a write will replace; looked up only when it matters. */
  public interface Replaced {
    Usage usage() throws IOException;
  }

  /**
   * Refuses a write that cannot succeed.
   *
   * @param added what the write declares
   * @throws io.sluice.error.S3Exception StorageFull, QuotaExceeded
   */
  public void check(BucketRecord bucket, Usage added, Replaced replaced) throws IOException {
    space.require();
    if (!usage.fits(bucket.id(), added)
        && !usage.fits(bucket.id(), added.minus(replaced.usage()))) {
      throw UsageLedger.exceeded(bucket.info().name().value());
    }
  }
}
