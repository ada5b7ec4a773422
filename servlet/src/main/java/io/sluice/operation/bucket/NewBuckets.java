package io.sluice.operation.bucket;

import java.util.Map;

/**
 * What a bucket is like whose creator says nothing of it. Immutable.
 *
 * @param region where it lives
 * @param settings settings documents by their names
 */
public record NewBuckets(String region, Map<String, byte[]> settings) {
  /** Copies the map. */
  public NewBuckets {
    settings = Map.copyOf(settings);
  }

  /** Buckets of a region, without settings. */
  public static NewBuckets in(String region) {
    return new NewBuckets(region, Map.of());
  }
}
