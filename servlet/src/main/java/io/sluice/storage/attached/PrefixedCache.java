package io.sluice.storage.attached;

import io.sluice.model.ObjectKey;
import io.sluice.storage.maintenance.BucketCache;
import java.io.IOException;
import java.util.List;

/**
 * What a cache holds of the objects below a prefix. Thread-safe.
 *
 * @param there what it holds of the whole bucket
 * @param prefix what stands in front of the keys
 */
record PrefixedCache(BucketCache there, KeyPrefix prefix) implements BucketCache {
  @Override
  public boolean holds(ObjectKey key) {
    return there.holds(prefix.there(key));
  }

  @Override
  public List<ObjectKey> keys(String begin) {
    return there.keys(prefix.behind(begin)).stream()
        .filter(key -> !key.value().equals(prefix.value()))
        .map(prefix::here)
        .toList();
  }

  @Override
  public boolean evict(ObjectKey key) throws IOException {
    return there.evict(prefix.there(key));
  }

  @Override
  public Fetched prefetch(ObjectKey key, boolean latest) throws IOException {
    return there.prefetch(prefix.there(key), latest);
  }
}
