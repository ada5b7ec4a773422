package io.sluice.storage.cache;

import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.storage.maintenance.BucketCache;
import java.io.IOException;
import java.util.List;

/** What is here of one bucket. Thread-safe. */
record CacheOfBucket(BucketName bucket, CacheReads reads, CacheSpace space) implements BucketCache {
  @Override
  public boolean holds(ObjectKey key) {
    return space.holds(Piece.whole(new CacheKey(bucket, key)));
  }

  @Override
  public List<ObjectKey> keys(String prefix) {
    return space.keys(bucket, prefix).stream().map(CacheKey::key).toList();
  }

  @Override
  public boolean evict(ObjectKey key) throws IOException {
    boolean here = holds(key) || space.holdsBlocks(new CacheKey(bucket, key));
    reads.invalidate(new CacheKey(bucket, key));
    return here;
  }

  @Override
  public Fetched prefetch(ObjectKey key, boolean latest) throws IOException {
    return reads.fetch(new CacheKey(bucket, key), latest);
  }
}
