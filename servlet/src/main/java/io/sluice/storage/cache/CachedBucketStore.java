package io.sluice.storage.cache;

import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.Quota;
import io.sluice.model.Usage;
import io.sluice.model.Versioning;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The back end's buckets; one that goes takes what is here of it along. Thread-safe. */
final class CachedBucketStore implements BucketStore {
  private final BucketStore base;
  private final CacheSpace space;

  CachedBucketStore(BucketStore base, CacheSpace space) {
    this.base = base;
    this.space = space;
  }

  @Override
  public void create(BucketInfo bucket, Map<String, byte[]> settings) throws IOException {
    space.evict(bucket.name());
    base.create(bucket, settings);
  }

  @Override
  public BucketInfo head(BucketName bucket) throws IOException {
    return base.head(bucket);
  }

  @Override
  public void delete(BucketName bucket) throws IOException {
    base.delete(bucket);
    space.evict(bucket);
  }

  @Override
  public List<BucketInfo> list(String prefix, @Nullable String after, int limit)
      throws IOException {
    return base.list(prefix, after, limit);
  }

  @Override
  public void setVersioning(BucketName bucket, Versioning state, BucketGuard guard)
      throws IOException {
    base.setVersioning(bucket, state, guard);
    space.evict(bucket);
  }

  @Override
  public Optional<byte[]> setting(BucketName bucket, String name) throws IOException {
    return base.setting(bucket, name);
  }

  @Override
  public void putSetting(BucketName bucket, String name, byte[] document, BucketGuard guard)
      throws IOException {
    base.putSetting(bucket, name, document, guard);
  }

  @Override
  public void deleteSetting(BucketName bucket, String name) throws IOException {
    base.deleteSetting(bucket, name);
  }

  @Override
  public Usage usage(BucketName bucket) throws IOException {
    return base.usage(bucket);
  }

  @Override
  public Usage recount(BucketName bucket) throws IOException {
    return base.recount(bucket);
  }

  @Override
  public Usage accountUsage(String ownerId) throws IOException {
    return base.accountUsage(ownerId);
  }

  @Override
  public Quota accountQuota(String ownerId) throws IOException {
    return base.accountQuota(ownerId);
  }

  @Override
  public void putAccountQuota(String ownerId, @Nullable Quota quota) throws IOException {
    base.putAccountQuota(ownerId, quota);
  }
}
