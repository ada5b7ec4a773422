package io.sluice.storage.memory;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.Versioning;
import io.sluice.storage.BucketStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Buckets in memory. */
final class MemoryBucketStore implements BucketStore {
  private final MemoryState state;

  MemoryBucketStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public void create(BucketInfo bucket) {
    synchronized (state) {
      MemoryState.Bucket existing = state.buckets.get(bucket.name());
      if (existing != null) {
        throw (existing.info.ownerId().equals(bucket.ownerId())
                ? S3ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU
                : S3ErrorCode.BUCKET_ALREADY_EXISTS)
            .exception()
            .with("BucketName", bucket.name());
      }
      state.buckets.put(
          bucket.name(), new MemoryState.Bucket(withVersioning(bucket, Versioning.UNVERSIONED)));
    }
  }

  private static BucketInfo withVersioning(BucketInfo bucket, Versioning versioning) {
    return new BucketInfo(
        bucket.name(),
        bucket.createdAt(),
        bucket.region(),
        bucket.ownerId(),
        versioning,
        bucket.provider());
  }

  @Override
  public BucketInfo head(BucketName bucket) {
    synchronized (state) {
      return state.bucket(bucket).info;
    }
  }

  @Override
  public void delete(BucketName bucket) {
    synchronized (state) {
      if (!state.bucket(bucket).keys.isEmpty()) {
        throw S3ErrorCode.BUCKET_NOT_EMPTY.exception().with("BucketName", bucket);
      }
      state.buckets.remove(bucket);
    }
  }

  @Override
  public List<BucketInfo> list(String prefix, @Nullable String after, int limit) {
    synchronized (state) {
      return state.buckets.values().stream()
          .map(bucket -> bucket.info)
          .filter(info -> info.name().value().startsWith(prefix))
          .filter(info -> after == null || info.name().value().compareTo(after) > 0)
          .limit(limit)
          .toList();
    }
  }

  @Override
  public void setVersioning(BucketName bucket, Versioning versioning) {
    synchronized (state) {
      MemoryState.Bucket found = state.bucket(bucket);
      found.info = withVersioning(found.info, versioning);
    }
  }

  @Override
  public Optional<byte[]> setting(BucketName bucket, String name) {
    synchronized (state) {
      return Optional.ofNullable(state.bucket(bucket).settings.get(name)).map(byte[]::clone);
    }
  }

  @Override
  public void putSetting(BucketName bucket, String name, byte[] document) {
    synchronized (state) {
      state.bucket(bucket).settings.put(name, document.clone());
    }
  }

  @Override
  public void deleteSetting(BucketName bucket, String name) {
    synchronized (state) {
      state.bucket(bucket).settings.remove(name);
    }
  }
}
