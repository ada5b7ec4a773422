package io.sluice.storage.cache;

import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.maintenance.Vital;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A back end with a cache before it. Thread-safe. */
final class CachedStorage implements Storage {
  private final Storage base;
  private final CacheReads reads;
  private final BucketStore buckets;
  private final ObjectStore objects;
  private final MultipartStore uploads;

  CachedStorage(Storage base, CacheSpace space, CacheSettings settings) {
    this.base = base;
    this.reads = new CacheReads(base.objects(), space, settings);
    this.buckets = new CachedBucketStore(base.buckets(), space);
    this.objects = new CachedObjectStore(base.objects(), reads);
    this.uploads = new CachedMultipartStore(base.uploads(), reads);
  }

  @Override
  public BucketStore buckets() {
    return buckets;
  }

  @Override
  public ObjectStore objects() {
    return objects;
  }

  @Override
  public MultipartStore uploads() {
    return uploads;
  }

  @Override
  public Set<Capability> capabilities() {
    return base.capabilities();
  }

  /** What is cached is only a copy: a cache that fails is passed by. */
  @Override
  public List<Vital> vitals() {
    return base.vitals();
  }

  @Override
  public void close() throws IOException {
    try {
      reads.close();
    } finally {
      base.close();
    }
  }
}
