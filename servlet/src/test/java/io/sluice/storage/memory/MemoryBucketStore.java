package io.sluice.storage.memory;

import io.sluice.error.S3ErrorCode;
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

/** Buckets in memory. */
final class MemoryBucketStore implements BucketStore {
  private final MemoryState state;

  MemoryBucketStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public void create(BucketInfo bucket, Map<String, byte[]> settings) {
    synchronized (state) {
      MemoryState.Bucket existing = state.buckets.get(bucket.name());
      if (existing != null) {
        throw (existing.info.ownerId().equals(bucket.ownerId())
                ? S3ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU
                : S3ErrorCode.BUCKET_ALREADY_EXISTS)
            .exception()
            .with("BucketName", bucket.name());
      }
      MemoryState.Bucket made = new MemoryState.Bucket(bucket);
      made.settings.putAll(settings);
      state.buckets.put(bucket.name(), made);
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
  public void setVersioning(BucketName bucket, Versioning versioning, BucketGuard guard)
      throws IOException {
    synchronized (state) {
      MemoryState.Bucket found = state.bucket(bucket);
      guard.check(found.info, name -> setting(bucket, name));
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
  public void putSetting(BucketName bucket, String name, byte[] document, BucketGuard guard)
      throws IOException {
    if (name.equals(Quota.SETTING)) {
      Quota.parse(document);
    }
    synchronized (state) {
      MemoryState.Bucket found = state.bucket(bucket);
      guard.check(found.info, other -> setting(bucket, other));
      found.settings.put(name, document.clone());
    }
  }

  @Override
  public Usage usage(BucketName bucket) {
    synchronized (state) {
      return state.bucket(bucket).usage();
    }
  }

  @Override
  public Usage recount(BucketName bucket) {
    return usage(bucket);
  }

  @Override
  public Usage accountUsage(String ownerId) {
    synchronized (state) {
      Usage used = Usage.NONE;
      for (MemoryState.Bucket bucket : state.buckets.values()) {
        if (bucket.info.ownerId().equals(ownerId)) {
          used = used.plus(bucket.usage());
        }
      }
      return used;
    }
  }

  @Override
  public void deleteSetting(BucketName bucket, String name) {
    synchronized (state) {
      state.bucket(bucket).settings.remove(name);
    }
  }
}
