package io.sluice.storage.cache;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.storage.NotModifiedException;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.maintenance.BucketCache;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Reads through the cache. What is here is answered from here; a whole object that is not is read
 * once for all who ask meanwhile, and kept. Ranges, parts, named versions and conditional reads of
 * what is not here go to the back end as they are. Thread-safe.
 */
final class CacheReads implements Closeable {
  private final ObjectStore base;
  private final CacheSpace space;
  private final CacheSettings settings;
  private final Map<CacheKey, Slot> slots = new ConcurrentHashMap<>();
  private final ExecutorService fillers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "sluice-fill");
            thread.setDaemon(true);
            return thread;
          });

  private final CacheCounts counts = new CacheCounts();
  private final BackgroundFills background;

  /** A read of a cold object that may not have begun yet. */
  private static final class Slot {
    final CompletableFuture<@Nullable CacheFill> fill = new CompletableFuture<>();
    private boolean outdated;

    synchronized void outdate() {
      outdated = true;
      CacheFill begun = fill.getNow(null);
      if (begun != null) {
        begun.outdate();
      }
    }

    synchronized void begin(CacheFill begun) {
      if (outdated) {
        begun.outdate();
      }
      fill.complete(begun);
    }
  }

  CacheReads(ObjectStore base, CacheSpace space, CacheSettings settings) {
    this.base = base;
    this.space = space;
    this.settings = settings;
    this.background =
        new BackgroundFills(settings.backgroundFills(), counts, key -> fetch(key, false));
  }

  ObjectContent get(ObjectRef source, ReadOptions options) throws IOException {
    CacheKey key = CacheKey.of(source);
    ObjectInfo warm = warm(source, options);
    if (warm != null) {
      evaluate(warm, options.conditions());
      ObjectContent copy = space.open(key, options.range());
      if (copy != null) {
        counts.hit();
        return copy;
      }
    }
    counts.miss();
    boolean whole = options.equals(ReadOptions.ALL) && source.versionId() == null;
    if (whole) {
      return fill(key, source);
    }
    ObjectContent content = base.get(source, options);
    if (settings.fillAfterRange() && source.versionId() == null && warm == null) {
      inBackground(key, content.info());
    }
    return content;
  }

  /** Says that an object was written through here. */
  void written(CacheKey key, ObjectInfo object) {
    if (settings.keepWritten()) {
      inBackground(key, object);
    }
  }

  /** The same, of an object that nobody told here. */
  void written(CacheKey key) {
    if (settings.keepWritten()) {
      background.ask(key);
    }
  }

  private void inBackground(CacheKey key, ObjectInfo object) {
    if (object.sizeBytes() <= settings.largestBytes()) {
      background.ask(key);
    }
  }

  ObjectInfo head(ObjectRef source, ReadOptions options) throws IOException {
    ObjectInfo warm = warm(source, options);
    if (warm == null) {
      return base.head(source, options);
    }
    evaluate(warm, options.conditions());
    if (options.range() != null) {
      options.range().resolve(warm.sizeBytes());
    }
    return warm;
  }

  /** The object when it is here and, where that is asked for, still what the back end has. */
  private @Nullable ObjectInfo warm(ObjectRef source, ReadOptions options) throws IOException {
    if (source.versionId() != null || options.partNumber() != null) {
      return null;
    }
    CacheKey key = CacheKey.of(source);
    ObjectInfo here = space.info(key);
    return here == null || !settings.validate() ? here : compare(source);
  }

  /** The object when it is here and still what the back end has; what is not goes. */
  private @Nullable ObjectInfo compare(ObjectRef source) throws IOException {
    CacheKey key = CacheKey.of(source);
    ObjectInfo here = space.info(key);
    if (here == null) {
      return null;
    }
    try {
      ObjectInfo there = base.head(source, ReadOptions.ALL);
      if (isSame(here, there)) {
        return here;
      }
    } catch (S3Exception e) {
      if (settings.synchronize() && e.code() == S3ErrorCode.NO_SUCH_KEY) {
        invalidate(key);
      }
      throw e;
    }
    invalidate(key);
    return null;
  }

  private static boolean isSame(ObjectInfo here, ObjectInfo there) {
    return here.sizeBytes() == there.sizeBytes()
        && here.etag().equals(there.etag())
        && here.version().idOrNull().equals(there.version().idOrNull());
  }

  private static void evaluate(ObjectInfo info, Preconditions conditions) {
    switch (conditions.evaluateRead(info)) {
      case NOT_MODIFIED -> throw new NotModifiedException(info);
      case FAILED ->
          throw Preconditions.failed(
              conditions.ifMatch() == null ? "If-Unmodified-Since" : "If-Match");
      case PROCEED -> {}
    }
  }

  private ObjectContent fill(CacheKey key, ObjectRef source) throws IOException {
    Slot own = new Slot();
    Slot slot = slots.putIfAbsent(key, own);
    if (slot == null) {
      return lead(key, source, own);
    }
    try {
      CacheFill fill = slot.fill.join();
      ObjectContent followed = fill == null ? null : fill.follow();
      if (followed != null) {
        if (!settings.validate() || isCurrent(source, followed)) {
          return followed;
        }
        invalidate(key);
      }
    } catch (CompletionException e) {
      // The other reader has been told why; this one asks for itself.
      return base.get(source, ReadOptions.ALL);
    }
    ObjectContent copy = settings.validate() ? null : space.open(key, null);
    return copy == null ? base.get(source, ReadOptions.ALL) : copy;
  }

  /**
   * Whether a read that began earlier is of what the back end has now; closes it when it is not.
   */
  private boolean isCurrent(ObjectRef source, ObjectContent followed) throws IOException {
    boolean current = false;
    try {
      current = isSame(followed.info(), base.head(source, ReadOptions.ALL));
      return current;
    } finally {
      if (!current) {
        followed.close();
      }
    }
  }

  /** Opens an object that is read once for all who ask. */
  @FunctionalInterface
  interface Opening {
    /** The object from its begin; null when what was opened is not to be kept. */
    @Nullable ObjectContent open() throws IOException;
  }

  /** Whether signed requests read what is here without asking. */
  boolean trustsSigned() {
    return settings.trustSigned();
  }

  /** The object that is here, or on its way; null for none. */
  @Nullable ObjectInfo known(CacheKey key) throws IOException {
    ObjectInfo here = space.info(key);
    if (here != null) {
      return here;
    }
    Slot slot = slots.get(key);
    if (slot == null || slot.fill.isCompletedExceptionally()) {
      return null;
    }
    CacheFill fill = slot.fill.getNow(null);
    return fill == null ? null : fill.info();
  }

  /**
   * Opens an object and keeps what it reads, unless that is done already.
   *
   * @return what the opening returned, or what follows it
   */
  @Nullable ObjectContent adopt(CacheKey key, Opening opening) throws IOException {
    counts.miss();
    Slot own = new Slot();
    return slots.putIfAbsent(key, own) == null ? lead(key, opening, own) : opening.open();
  }

  private ObjectContent lead(CacheKey key, ObjectRef source, Slot slot) throws IOException {
    return Objects.requireNonNull(lead(key, () -> base.get(source, ReadOptions.ALL), slot));
  }

  /** Begins the one read; whatever happens, the slot is free again when nothing reads any more. */
  private @Nullable ObjectContent lead(CacheKey key, Opening opening, Slot slot)
      throws IOException {
    CacheFill fill = null;
    ObjectContent own = null;
    boolean running = false;
    try {
      ObjectContent content = opening.open();
      if (content == null || content.info().sizeBytes() > settings.largestBytes()) {
        slot.fill.complete(null);
        return content;
      }
      fill = begin(key, content);
      counts.began();
      own = fill.follow();
      if (own == null) {
        throw new IllegalStateException("a fill that nobody can follow");
      }
      slot.begin(fill);
      CacheFill begun = fill;
      fillers.execute(() -> run(key, slot, begun));
      running = true;
      return own;
    } catch (IOException | RuntimeException | Error e) {
      slot.fill.completeExceptionally(e);
      throw e;
    } finally {
      if (!running) {
        slots.remove(key, slot);
        if (own != null) {
          own.close();
        }
        if (fill != null) {
          counts.ended(false);
          fill.abandon();
          fill.end();
        }
      }
    }
  }

  private CacheFill begin(CacheKey key, ObjectContent content) throws IOException {
    try {
      return new CacheFill(key, content, space, settings.fills());
    } catch (IOException | RuntimeException | Error e) {
      content.close();
      throw e;
    }
  }

  private void run(CacheKey key, Slot slot, CacheFill fill) {
    try {
      fill.run();
    } finally {
      counts.ended(fill.isKept());
      slots.remove(key, slot);
      fill.end();
    }
  }

  CacheCounts counts() {
    return counts;
  }

  /** Has an object here, and returns at the end of the read. */
  BucketCache.Fetched fetch(CacheKey key, boolean latest) throws IOException {
    ObjectRef source = ObjectRef.of(key.bucket(), key.key());
    if (latest ? compare(source) != null : space.holds(key)) {
      return BucketCache.Fetched.HERE;
    }
    try (ObjectContent content = fill(key, source)) {
      if (content instanceof CacheFill.Follower follower) {
        return follower.awaitKept() ? BucketCache.Fetched.READ : BucketCache.Fetched.NOT_KEPT;
      }
    }
    return space.holds(key) ? BucketCache.Fetched.HERE : BucketCache.Fetched.NOT_KEPT;
  }

  /** Forgets an object, because it is written to: also what is being read of it is not kept. */
  void invalidate(CacheKey key) throws IOException {
    Slot slot = slots.remove(key);
    if (slot != null) {
      slot.outdate();
    }
    space.evict(key);
  }

  @Override
  public void close() throws IOException {
    background.close();
    fillers.shutdownNow();
    space.close();
  }
}
