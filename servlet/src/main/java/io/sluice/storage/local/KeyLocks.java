package io.sluice.storage.local;

import com.google.common.util.concurrent.Striped;
import io.sluice.storage.local.index.Place;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/**
 * The locks of mutations, always taken in the order bucket, key, upload, part. A bucket is shared
 * by mutations in it and taken alone by its deletion. Thread-safe.
 */
final class KeyLocks {
  private static final int BUCKET_STRIPES = 64;
  private static final int KEY_STRIPES = 4096;
  private static final int UPLOAD_STRIPES = 1024;

  private final Striped<ReadWriteLock> buckets = Striped.readWriteLock(BUCKET_STRIPES);
  private final Striped<Lock> keys = Striped.lock(KEY_STRIPES);
  private final Striped<ReadWriteLock> uploads = Striped.readWriteLock(UPLOAD_STRIPES);
  private final Striped<Lock> parts = Striped.lock(UPLOAD_STRIPES);

  /** Locks that are held until closed, in the same thread. */
  static final class Held implements AutoCloseable {
    private final Deque<Lock> locks = new ArrayDeque<>();

    private Held take(Lock lock) {
      lock.lock();
      locks.push(lock);
      return this;
    }

    /** Fails when nothing is held any more. */
    void check() {
      if (locks.isEmpty()) {
        throw new IllegalStateException("No lock is held");
      }
    }

    @Override
    public void close() {
      while (!locks.isEmpty()) {
        locks.pop().unlock();
      }
    }
  }

  private record KeyId(int bucketId, int keyHash) {
    static KeyId of(int bucketId, byte[] key) {
      return new KeyId(bucketId, Arrays.hashCode(key));
    }
  }

  private record PartId(long upload, int partNumber) {}

  /** A bucket alone. */
  Held bucket(String bucket) {
    return new Held().take(buckets.get(bucket).writeLock());
  }

  /** A key. */
  Held key(Place place) {
    return sharing(place.bucketName()).take(keys.get(KeyId.of(place.bucketId(), place.utf8())));
  }

  /** Several keys of a bucket, in an order that cannot deadlock. */
  Held keys(String bucket, int bucketId, Collection<byte[]> utf8) {
    Held held = sharing(bucket);
    List<KeyId> ids = utf8.stream().map(key -> KeyId.of(bucketId, key)).toList();
    keys.bulkGet(ids).forEach(held::take);
    return held;
  }

  /** A key and an upload of it, alone. */
  Held upload(Place place, long upload) {
    return key(place).take(uploads.get(upload).writeLock());
  }

  /** One part of an upload. */
  Held part(Place place, long upload, int partNumber) {
    return sharing(place.bucketName())
        .take(uploads.get(upload).readLock())
        .take(parts.get(new PartId(upload, partNumber)));
  }

  private Held sharing(String bucket) {
    return new Held().take(buckets.get(bucket).readLock());
  }
}
