package io.sluice.operation.bucket;

import java.util.Map;
import java.util.function.Supplier;

/**
 * What a bucket is like whose creator says nothing of it. Thread-safe.
 *
 * @param region where it lives
 * @param current settings documents by their names, as they are for a bucket that is created now
 */
public record NewBuckets(String region, Supplier<Map<String, byte[]>> current) {
  /** Settings documents by their names. */
  public Map<String, byte[]> settings() {
    return current.get();
  }

  /** Buckets of a region, without settings. */
  public static NewBuckets in(String region) {
    return new NewBuckets(region, Map::of);
  }
}
