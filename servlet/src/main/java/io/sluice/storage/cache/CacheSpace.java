package io.sluice.storage.cache;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ByteRange;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.ContentSink;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.Payload;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What a cache holds: whole objects in a back end of its own, and the order in which they were
 * read. An object is there once its copy is committed, and not a moment before. Thread-safe.
 */
final class CacheSpace implements Closeable {
  private static final BucketName BUCKET = new BucketName("cache");

  private final Storage storage;
  private final CacheSettings settings;
  private final Map<CacheKey, Long> sizes = new LinkedHashMap<>(64, 0.75f, true);
  private final LongAdder displaced = new LongAdder();
  private long bytes;

  private CacheSpace(Storage storage, CacheSettings settings) {
    this.storage = storage;
    this.settings = settings;
  }

  /** Takes up what a back end holds; what was written first counts as read first. */
  static CacheSpace open(Storage storage, CacheSettings settings) throws IOException {
    CacheSpace space = new CacheSpace(storage, settings);
    try {
      storage
          .buckets()
          .create(new BucketInfo(BUCKET, Instant.now(), "", "", Versioning.UNVERSIONED, ""));
    } catch (S3Exception e) {
      if (e.code() != S3ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU) {
        throw e;
      }
    }
    String after = null;
    do {
      Listing page =
          storage.objects().list(BUCKET, new ListQuery("", null, after, ListQuery.MAX_LIMIT));
      for (ObjectInfo copy : page.objects()) {
        CacheKey key = Origin.keyOf(copy);
        if (key != null) {
          space.account(key, copy.sizeBytes());
        }
      }
      after = page.next();
    } while (after != null);
    return space;
  }

  /** The object as the back end told it; null when it is not here. */
  @Nullable ObjectInfo info(CacheKey key) throws IOException {
    try {
      return Origin.restore(key, storage.objects().head(ref(key), ReadOptions.ALL));
    } catch (S3Exception e) {
      requireAbsence(e);
      return null;
    }
  }

  /** Opens an object; null when it is not here. */
  @Nullable ObjectContent open(CacheKey key, @Nullable ByteRange range) throws IOException {
    ObjectContent copy;
    try {
      copy = storage.objects().get(ref(key), new ReadOptions(range, null, Preconditions.NONE));
    } catch (S3Exception e) {
      requireAbsence(e);
      return null;
    }
    synchronized (sizes) {
      sizes.get(key);
    }
    return new Copy(Origin.restore(key, copy.info()), copy);
  }

  private static void requireAbsence(S3Exception fault) {
    if (fault.code() != S3ErrorCode.NO_SUCH_KEY) {
      throw fault;
    }
  }

  /** Keeps an object, and lets others go when there is no more room. */
  void keep(CacheKey key, ObjectInfo object, Payload payload) throws IOException {
    WriteOptions options =
        new WriteOptions(
            Origin.describe(key, object), Map.of(), Preconditions.NONE, object.ownerId());
    storage.objects().put(ref(key), options, payload);
    account(key, object.sizeBytes());
    makeRoom();
  }

  private void account(CacheKey key, long size) {
    synchronized (sizes) {
      Long before = sizes.put(key, size);
      bytes += size - (before == null ? 0 : before);
    }
  }

  private void makeRoom() throws IOException {
    if (bytes() <= settings.highBytes()) {
      return;
    }
    while (true) {
      CacheKey oldest;
      synchronized (sizes) {
        if (bytes <= settings.lowBytes() || sizes.isEmpty()) {
          return;
        }
        oldest = sizes.keySet().iterator().next();
      }
      evict(oldest);
      displaced.increment();
    }
  }

  CacheSettings settings() {
    return settings;
  }

  /** How many objects went to make room. */
  long displaced() {
    return displaced.sum();
  }

  /** How many objects are here. */
  int objects() {
    synchronized (sizes) {
      return sizes.size();
    }
  }

  /** Whether an object is here, which does not count as reading it. */
  boolean holds(CacheKey key) {
    synchronized (sizes) {
      return sizes.containsKey(key);
    }
  }

  /** The objects of a bucket that are here and begin with a prefix. */
  List<CacheKey> keys(BucketName bucket, String prefix) {
    synchronized (sizes) {
      return sizes.keySet().stream()
          .filter(key -> key.bucket().equals(bucket) && key.key().value().startsWith(prefix))
          .toList();
    }
  }

  /** How many bytes are here. */
  long bytes() {
    synchronized (sizes) {
      return bytes;
    }
  }

  /** Lets an object go; succeeds when it is not here. */
  void evict(CacheKey key) throws IOException {
    synchronized (sizes) {
      Long size = sizes.remove(key);
      bytes -= size == null ? 0 : size;
    }
    storage
        .objects()
        .delete(ref(key), new DeleteOptions(Preconditions.NONE, "", VersionGuard.NONE));
  }

  /** Lets all objects of a bucket go. */
  void evict(BucketName bucket) throws IOException {
    for (CacheKey key : keys(bucket, "")) {
      evict(key);
    }
  }

  private static ObjectRef ref(CacheKey key) {
    return ObjectRef.of(BUCKET, key.inSpace());
  }

  @Override
  public void close() throws IOException {
    storage.close();
  }

  /** A copy that is told as what it is a copy of. */
  private record Copy(ObjectInfo info, ObjectContent copy) implements ObjectContent {
    @Override
    public ByteRange.Resolved range() {
      return copy.range();
    }

    @Override
    public void transferTo(ContentSink sink) throws IOException {
      copy.transferTo(sink);
    }

    @Override
    public void close() throws IOException {
      copy.close();
    }
  }
}
