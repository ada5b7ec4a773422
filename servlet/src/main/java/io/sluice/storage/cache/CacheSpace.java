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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What a cache holds: objects and blocks of objects in a back end of its own, and the order in
 * which they were read. A piece is there once its copy is committed, and not a moment before.
 * Thread-safe.
 */
final class CacheSpace implements Closeable {
  private static final BucketName BUCKET = new BucketName("cache");

  private final Storage storage;
  private final CacheSettings settings;

  /** Guarded by itself, with all that follows. */
  private final Map<Piece, Long> sizes = new LinkedHashMap<>(64, 0.75f, true);

  private final Map<CacheKey, Set<Long>> blocks = new HashMap<>();
  private final LongAdder displaced = new LongAdder();
  private long bytes;
  private long blockCount;

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
        Piece piece = Origin.pieceOf(copy);
        if (piece != null) {
          space.account(piece, copy.sizeBytes());
        }
      }
      after = page.next();
    } while (after != null);
    return space;
  }

  /** The object as the back end told it; null when it is not here. */
  @Nullable ObjectInfo info(Piece piece) throws IOException {
    try {
      return Origin.restore(piece.key(), storage.objects().head(ref(piece), ReadOptions.ALL));
    } catch (S3Exception e) {
      requireAbsence(e);
      return null;
    }
  }

  /** The object of which blocks are here; null when there are none. */
  @Nullable ObjectInfo ofBlocks(CacheKey key) throws IOException {
    for (long block : blocksOf(key)) {
      ObjectInfo object = info(new Piece(key, block));
      if (object != null) {
        return object;
      }
    }
    return null;
  }

  private List<Long> blocksOf(CacheKey key) {
    synchronized (sizes) {
      return List.copyOf(blocks.getOrDefault(key, Set.of()));
    }
  }

  /** Opens a piece, of which a range is meant; null when it is not here. */
  @Nullable ObjectContent open(Piece piece, @Nullable ByteRange range) throws IOException {
    ObjectContent copy;
    try {
      copy = storage.objects().get(ref(piece), new ReadOptions(range, null, Preconditions.NONE));
    } catch (S3Exception e) {
      requireAbsence(e);
      return null;
    }
    synchronized (sizes) {
      sizes.get(piece);
    }
    return new Copy(Origin.restore(piece.key(), copy.info()), copy);
  }

  private static void requireAbsence(S3Exception fault) {
    if (fault.code() != S3ErrorCode.NO_SUCH_KEY) {
      throw fault;
    }
  }

  /**
   * Keeps a piece of an object, and lets others go when there is no more room; a whole object takes
   * the place of its blocks.
   */
  void keep(Piece piece, ObjectInfo object, Payload payload) throws IOException {
    WriteOptions options =
        new WriteOptions(
            Origin.describe(piece, object), Map.of(), Preconditions.NONE, object.ownerId());
    storage.objects().put(ref(piece), options, payload);
    account(piece, payload.lengthBytes().orElse(object.sizeBytes()));
    if (piece.isWhole()) {
      evictBlocks(piece.key());
    }
    makeRoom();
  }

  private void account(Piece piece, long size) {
    synchronized (sizes) {
      Long before = sizes.put(piece, size);
      bytes += size - (before == null ? 0 : before);
      if (!piece.isWhole()) {
        blocks.computeIfAbsent(piece.key(), key -> new TreeSet<>()).add(piece.block());
        blockCount += before == null ? 1 : 0;
      }
    }
  }

  private void makeRoom() throws IOException {
    if (bytes() <= settings.highBytes()) {
      return;
    }
    while (true) {
      Piece oldest;
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

  /** How many whole objects are here. */
  long objects() {
    synchronized (sizes) {
      return sizes.size() - blockCount;
    }
  }

  /** How many blocks of objects are here. */
  long blocks() {
    synchronized (sizes) {
      return blockCount;
    }
  }

  /** Whether a piece is here, which does not count as reading it. */
  boolean holds(Piece piece) {
    synchronized (sizes) {
      return sizes.containsKey(piece);
    }
  }

  /** Whether blocks of an object are here. */
  boolean holdsBlocks(CacheKey key) {
    synchronized (sizes) {
      return blocks.containsKey(key);
    }
  }

  /** The objects of a bucket that are here, whole or in blocks, and begin with a prefix. */
  List<CacheKey> keys(BucketName bucket, String prefix) {
    synchronized (sizes) {
      return sizes.keySet().stream()
          .map(Piece::key)
          .distinct()
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

  /** Lets an object go, whole and in blocks; succeeds when it is not here. */
  void evict(CacheKey key) throws IOException {
    evict(Piece.whole(key));
    evictBlocks(key);
  }

  private void evictBlocks(CacheKey key) throws IOException {
    for (long block : blocksOf(key)) {
      evict(new Piece(key, block));
    }
  }

  private void evict(Piece piece) throws IOException {
    synchronized (sizes) {
      Long size = sizes.remove(piece);
      bytes -= size == null ? 0 : size;
      Set<Long> siblings = blocks.get(piece.key());
      if (siblings != null && siblings.remove(piece.block())) {
        blockCount--;
        if (siblings.isEmpty()) {
          blocks.remove(piece.key());
        }
      }
    }
    storage
        .objects()
        .delete(ref(piece), new DeleteOptions(Preconditions.NONE, "", VersionGuard.NONE));
  }

  /** Lets all objects of a bucket go. */
  void evict(BucketName bucket) throws IOException {
    for (CacheKey key : keys(bucket, "")) {
      evict(key);
    }
  }

  private static ObjectRef ref(Piece piece) {
    return ObjectRef.of(BUCKET, piece.inSpace());
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
