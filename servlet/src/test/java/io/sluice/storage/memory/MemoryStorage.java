package io.sluice.storage.memory;

import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.PartAssembly;
import io.sluice.storage.Storage;
import java.util.EnumSet;
import java.util.Set;

/** A back end in memory: plain collections behind one lock. Thread-safe. */
public final class MemoryStorage implements Storage {
  private final MemoryState state;

  /** An empty back end with S3's least part size. */
  public MemoryStorage() {
    this(PartAssembly.MIN_PART_SIZE_BYTES);
  }

  /** An empty back end. */
  public MemoryStorage(long minPartSizeBytes) {
    state = new MemoryState(minPartSizeBytes);
  }

  @Override
  public BucketStore buckets() {
    return new MemoryBucketStore(state);
  }

  @Override
  public ObjectStore objects() {
    return new MemoryObjectStore(state);
  }

  @Override
  public MultipartStore uploads() {
    return new MemoryMultipartStore(state);
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public void close() {}
}
