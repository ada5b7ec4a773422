package io.sluice.storage.cache;

import io.sluice.model.BucketName;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.forward.SignedForwarding;
import io.sluice.storage.maintenance.BucketCache;
import io.sluice.storage.maintenance.CacheStatus;
import io.sluice.storage.maintenance.StoreMetric;
import io.sluice.storage.maintenance.Vital;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A back end with a cache before it. Thread-safe. */
final class CachedStorage implements Storage {
  private final Storage base;
  private final CacheReads reads;
  private final CacheSpace space;
  private final BucketStore buckets;
  private final ObjectStore objects;
  private final MultipartStore uploads;

  CachedStorage(Storage base, CacheSpace space, CacheSettings settings) {
    this.base = base;
    this.space = space;
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
  public List<StoreMetric> metrics() {
    List<StoreMetric> all = new ArrayList<>(base.metrics());
    all.addAll(reads.counts().metrics(space));
    return all;
  }

  @Override
  public Optional<BucketCache> cache(BucketName bucket) {
    return Optional.of(new CacheOfBucket(bucket, reads, space));
  }

  @Override
  public Optional<SignedForwarding> forwarding(BucketName bucket) throws IOException {
    return base.forwarding(bucket).map(there -> new CachedForwarding(there, reads));
  }

  @Override
  public List<CacheStatus> caches() {
    return List.of(reads.counts().status(space));
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
