package io.sluice.storage;

import io.sluice.storage.maintenance.Maintenance;
import java.io.Closeable;
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

  /** How its bytes are kept; empty for one that leaves it to others. */
  default Optional<Maintenance> maintenance() {
    return Optional.empty();
  }
}
