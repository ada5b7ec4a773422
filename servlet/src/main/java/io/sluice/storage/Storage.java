package io.sluice.storage;

import io.sluice.storage.maintenance.Maintenance;
import io.sluice.storage.maintenance.StoreMetric;
import io.sluice.storage.maintenance.Vital;
import java.io.Closeable;
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
}
