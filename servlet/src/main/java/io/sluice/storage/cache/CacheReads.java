package io.sluice.storage.cache;

import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.maintenance.BucketCache;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads through the cache. What is here is answered from here; a whole object that is not is read
 * once for all who ask meanwhile, and kept; ranges are read in blocks, where that is asked for.
 * Parts, named versions and conditional reads of what is not here go to the back end as they are.
 * Thread-safe.
 */
final class CacheReads implements Closeable {
  private final ObjectStore base;
  private final CacheSpace space;
  private final CacheSettings settings;
  private final CacheCounts counts = new CacheCounts();
  private final BackgroundFills background;

  private final Fills fills;
  private final Currency currency;
  private final BlockReads blocks;

  CacheReads(ObjectStore base, CacheSpace space, CacheSettings settings) {
    this.base = base;
    this.space = space;
    this.settings = settings;
    this.fills = new Fills(space, counts);
    this.currency = new Currency(base, space, fills);
    this.blocks = new BlockReads(base, space, fills, currency);
    this.background =
        new BackgroundFills(settings.backgroundFills(), counts, key -> fetch(key, false));
  }

  ObjectContent get(ObjectRef source, ReadOptions options) throws IOException {
    CacheKey key = CacheKey.of(source);
    ObjectInfo warm = warm(source, options);
    if (warm != null) {
      Currency.evaluate(warm, options.conditions());
      ObjectContent copy = space.open(Piece.whole(key), options.range());
      if (copy != null) {
        counts.hit();
        return copy;
      }
    }
    boolean whole = options.equals(ReadOptions.ALL) && source.versionId() == null;
    if (whole) {
      counts.miss();
      return fill(key, source);
    }
    BlockReads.Blocks inBlocks = blocks.get(source, options);
    if (inBlocks != null && inBlocks.wereHere()) {
      counts.hit();
    } else {
      counts.miss();
    }
    ObjectContent content = inBlocks == null ? base.get(source, options) : inBlocks;
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
    Currency.evaluate(warm, options.conditions());
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
    ObjectInfo here = space.info(Piece.whole(key));
    return here == null || !settings.validate() ? here : currency.compare(source, here);
  }

  private ObjectContent fill(CacheKey key, ObjectRef source) throws IOException {
    Fills.Joined joined = fills.join(Piece.whole(key), () -> base.get(source, ReadOptions.ALL));
    ObjectContent content = joined.content();
    if (content != null) {
      if (joined.led() || !settings.validate() || currency.isCurrent(source, content)) {
        return content;
      }
      invalidate(key);
    }
    ObjectContent copy = settings.validate() ? null : space.open(Piece.whole(key), null);
    return copy == null ? base.get(source, ReadOptions.ALL) : copy;
  }

  /** Whether signed requests read what is here without asking. */
  boolean trustsSigned() {
    return settings.trustSigned();
  }

  /** The object that is here, or on its way; null for none. */
  @Nullable ObjectInfo known(CacheKey key) throws IOException {
    ObjectInfo here = space.info(Piece.whole(key));
    if (here != null) {
      return here;
    }
    return fills.underway(Piece.whole(key));
  }

  /**
   * Opens an object and keeps what it reads, unless that is done already.
   *
   * @return what the opening returned, or what follows it
   */
  @Nullable ObjectContent adopt(CacheKey key, Fills.Opening opening) throws IOException {
    counts.miss();
    return fills.adopt(Piece.whole(key), opening);
  }

  CacheCounts counts() {
    return counts;
  }

  /** Has an object here, and returns at the end of the read. */
  BucketCache.Fetched fetch(CacheKey key, boolean latest) throws IOException {
    ObjectRef source = ObjectRef.of(key.bucket(), key.key());
    ObjectInfo here = space.info(Piece.whole(key));
    if (here != null && (!latest || currency.compare(source, here) != null)) {
      return BucketCache.Fetched.HERE;
    }
    try (ObjectContent content = fill(key, source)) {
      if (content instanceof CacheFill.Follower follower) {
        return follower.awaitKept() ? BucketCache.Fetched.READ : BucketCache.Fetched.NOT_KEPT;
      }
    }
    return space.holds(Piece.whole(key)) ? BucketCache.Fetched.HERE : BucketCache.Fetched.NOT_KEPT;
  }

  /** Forgets an object, because it is written to: also what is being read of it is not kept. */
  void invalidate(CacheKey key) throws IOException {
    currency.invalidate(key);
  }

  @Override
  public void close() throws IOException {
    background.close();
    fills.close();
    space.close();
  }
}
