package io.sluice.storage;

import io.sluice.model.BucketName;
import io.sluice.storage.forward.SignedForwarding;
import io.sluice.storage.maintenance.BucketCache;
import io.sluice.storage.maintenance.CacheStatus;
import io.sluice.storage.maintenance.Maintenance;
import io.sluice.storage.maintenance.StoreMetric;
import io.sluice.storage.maintenance.Vital;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A back end: three stores and what they can do. Thread-safe, as are its stores. Behaviour is
 * written in the interfaces of this package and tested once, in the storage contract.
 */
public interface Storage extends Closeable {
  /** The buckets. */
  BucketStore buckets();

  /** The objects. */
  ObjectStore objects();

  /** The multipart uploads. */
  MultipartStore uploads();

  /** What this back end can do; constant. */
  Set<Capability> capabilities();

  /** What it tells of itself; constant, and each number current. */
  default List<StoreMetric> metrics() {
    return List.of();
  }

  /** What has to work for it to; constant. */
  default List<Vital> vitals() {
    return List.of();
  }

  /** How its bytes are kept; empty for one that leaves it to others. */
  default Optional<Maintenance> maintenance() {
    return Optional.empty();
  }

  /**
   * What a cache holds of a bucket; empty for a bucket that has none before it.
   *
   * @throws io.sluice.error.S3Exception AmbiguousBucketName
   */
  default Optional<BucketCache> cache(BucketName bucket) throws IOException {
    return Optional.empty();
  }

  /**
   * Where requests about a bucket go that were signed for the S3 that it lives in; empty for one
   * that lives here, or nowhere.
   *
   * @throws io.sluice.error.S3Exception AmbiguousBucketName
   */
  default Optional<SignedForwarding> forwarding(BucketName bucket) throws IOException {
    return Optional.empty();
  }

  /** Its caches as they stand. */
  default List<CacheStatus> caches() {
    return List.of();
  }
}
