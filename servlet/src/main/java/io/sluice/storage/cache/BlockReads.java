package io.sluice.storage.cache;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.ByteRange;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.storage.ContentSink;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.encryption.KeyUnwrapping;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ranges of objects that are not here whole: the aligned blocks in which they lie are read, each
 * once for all who ask, and kept. All blocks of an object that are here are of one state of it: the
 * entity tag that the first was told is a condition on the reads of the others. Thread-safe.
 */
final class BlockReads {
  /** The object changes under a read so often at the most; then the range is read as it is. */
  private static final int ATTEMPTS = 3;

  private final ObjectStore base;
  private final CacheSpace space;
  private final Fills fills;
  private final Currency currency;
  private final long blockBytes;
  private final Map<CacheKey, CompletableFuture<ObjectInfo>> heads = new ConcurrentHashMap<>();

  BlockReads(ObjectStore base, CacheSpace space, Fills fills, Currency currency) {
    this.base = base;
    this.space = space;
    this.fills = fills;
    this.currency = currency;
    this.blockBytes = space.settings().blockBytes();
  }

  /** The back end has another state of the object than the blocks that are here. */
  private static final class ChangedException extends IOException {
    private static final long serialVersionUID = 1;

    ChangedException(CacheKey key) {
      super(key.key() + " of " + key.bucket() + " is not what its blocks here are of");
    }
  }

  /**
   * Opens a range.
   *
   * @return null for a read that blocks do not serve: the back end is to be asked as it is
   */
  @Nullable Blocks get(ObjectRef source, ReadOptions options) throws IOException {
    ByteRange range = options.range();
    if (range == null
        || !space.settings().hasBlocks()
        || source.versionId() != null
        || !options.keys().equals(KeyUnwrapping.NONE)) {
      return null;
    }
    CacheKey key = CacheKey.of(source);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        ObjectInfo known = known(key, source, range);
        Blocks blocks =
            known == null
                ? firstOf(source, range, options.conditions())
                : of(source, known, range, options.conditions());
        if (blocks != null) {
          return blocks;
        }
      } catch (ChangedException e) {
        currency.invalidate(key);
      } catch (S3Exception e) {
        if (e.code() != S3ErrorCode.INVALID_RANGE) {
          throw e;
        }
        return null; // the back end shall say so of the range that was asked for
      }
    }
    return null;
  }

  /** The object of which blocks are here; for a range from the end, which needs a size, any. */
  private @Nullable ObjectInfo known(CacheKey key, ObjectRef source, ByteRange range)
      throws IOException {
    ObjectInfo here = space.ofBlocks(key);
    if (here != null && space.settings().validate()) {
      here = currency.compare(source, here);
    }
    return here == null && range instanceof ByteRange.Suffix ? head(key, source) : here;
  }

  /** Asks what an object is, once for all who want to know it now. */
  private ObjectInfo head(CacheKey key, ObjectRef source) throws IOException {
    CompletableFuture<ObjectInfo> own = new CompletableFuture<>();
    CompletableFuture<ObjectInfo> other = heads.putIfAbsent(key, own);
    if (other != null) {
      try {
        return other.join();
      } catch (CompletionException e) {
        return base.head(source, ReadOptions.ALL); // the other was told why
      }
    }
    try {
      own.complete(base.head(source, ReadOptions.ALL));
      return own.join();
    } finally {
      heads.remove(key, own);
      own.completeExceptionally(new IOException("The object could not be asked about"));
    }
  }

  private Blocks of(ObjectRef source, ObjectInfo object, ByteRange range, Preconditions conditions)
      throws IOException {
    Currency.evaluate(object, conditions);
    Blocks blocks = new Blocks(source, object, range.resolve(object.sizeBytes()));
    blocks.openFirst();
    return blocks;
  }

  /** Begins with a block of an object of which nothing is known; null when others were faster. */
  private @Nullable Blocks firstOf(ObjectRef source, ByteRange range, Preconditions conditions)
      throws IOException {
    long first = range instanceof ByteRange.FromTo bounds ? bounds.first() : fromOf(range);
    Piece piece = new Piece(CacheKey.of(source), first / blockBytes);
    Fills.Joined joined = fills.join(piece, () -> open(source, piece, null));
    if (!(joined.content() instanceof CacheFill.Follower follower)) {
      return null;
    }
    boolean opened = false;
    try {
      if (!joined.led() && space.settings().validate() && !currency.isCurrent(source, follower)) {
        throw new ChangedException(piece.key());
      }
      Currency.evaluate(follower.info(), conditions);
      Blocks blocks =
          new Blocks(source, follower.info(), range.resolve(follower.info().sizeBytes()));
      blocks.beginWith(follower);
      opened = true;
      return blocks;
    } finally {
      if (!opened) {
        follower.close();
      }
    }
  }

  private static long fromOf(ByteRange range) {
    return range instanceof ByteRange.From open ? open.first() : 0;
  }

  /** Asks the back end for a block; of a known object, if it is still that. */
  private ObjectContent open(ObjectRef source, Piece piece, @Nullable ObjectInfo known)
      throws IOException {
    Preconditions conditions =
        known == null || known.etag().value().isEmpty()
            ? Preconditions.NONE
            : new Preconditions(List.of(known.etag()), null, null, null, null, null);
    ObjectContent content;
    try {
      content = base.get(source, new ReadOptions(piece.range(blockBytes), null, conditions));
    } catch (S3Exception e) {
      if (known != null
          && (e.code() == S3ErrorCode.PRECONDITION_FAILED
              || e.code() == S3ErrorCode.INVALID_RANGE
              || e.code() == S3ErrorCode.NO_SUCH_KEY)) {
        throw new ChangedException(piece.key());
      }
      throw e;
    }
    boolean good = false;
    try {
      ObjectInfo told = content.info();
      good =
          content.range().equals(piece.range(blockBytes, told.sizeBytes()))
              && (known == null || Currency.isSame(known, told));
    } finally {
      if (!good) {
        content.close();
      }
    }
    if (!good) {
      throw new ChangedException(piece.key());
    }
    return content;
  }

  /** A range on its way: block after block, the next begun while one is sent. */
  final class Blocks implements ObjectContent {
    private final ObjectRef source;
    private final CacheKey key;
    private final ObjectInfo object;
    private final ByteRange.Resolved range;
    private boolean here;
    private long block;
    private @Nullable ObjectContent next;

    Blocks(ObjectRef source, ObjectInfo object, ByteRange.Resolved range) {
      this.source = source;
      this.key = CacheKey.of(source);
      this.object = object;
      this.range = range;
      this.block = range.offset() / blockBytes;
      boolean all = true;
      for (long number = block; all && number <= last(); number++) {
        all = space.holds(new Piece(key, number));
      }
      this.here = all;
    }

    /** Whether all blocks were here when it was opened. */
    boolean wereHere() {
      return here;
    }

    private long last() {
      return (range.offset() + range.length() - 1) / blockBytes;
    }

    /**
     * Opens the first block, and begins to read the first that is not here: an object that is no
     * more, or a back end that is away, are so found out before the answer begins.
     */
    void openFirst() throws IOException {
      for (long number = block + 1; !here && number <= last(); number++) {
        if (!space.holds(new Piece(key, number))) {
          part(number).close();
          break;
        }
      }
      next = part(block);
    }

    void beginWith(CacheFill.Follower follower) {
      narrow(follower, block);
      next = follower;
      here = false;
    }

    private void narrow(CacheFill.Follower follower, long number) {
      ByteRange.FromTo part = within(number);
      follower.narrow(part.first(), part.last() + 1);
    }

    /** What of a block is wanted, counted from its begin. */
    private ByteRange.FromTo within(long number) {
      long begin = number * blockBytes;
      return new ByteRange.FromTo(
          Math.max(range.offset() - begin, 0),
          Math.min(range.offset() + range.length() - begin, blockBytes) - 1);
    }

    private ObjectContent part(long number) throws IOException {
      Piece piece = new Piece(key, number);
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        ObjectContent copy = space.holds(piece) ? space.open(piece, within(number)) : null;
        if (copy != null) {
          return same(copy);
        }
        Fills.Joined joined = fills.join(piece, () -> open(source, piece, object));
        if (joined.content() instanceof CacheFill.Follower follower) {
          same(follower);
          narrow(follower, number);
          return follower;
        }
      }
      throw new IOException("Block " + number + " of " + key.key() + " cannot be had");
    }

    private ObjectContent same(ObjectContent content) throws IOException {
      if (!Currency.isSame(content.info(), object)) {
        content.close();
        throw new ChangedException(key);
      }
      return content;
    }

    @Override
    public ObjectInfo info() {
      return object;
    }

    @Override
    public ByteRange.Resolved range() {
      return range;
    }

    @Override
    public void transferTo(ContentSink sink) throws IOException {
      try {
        for (long last = last(); block <= last; block++) {
          ObjectContent current = next == null ? part(block) : next;
          next = null;
          try (current) {
            if (block < last) {
              next = part(block + 1);
            }
            current.transferTo(sink);
          }
        }
      } catch (ChangedException e) {
        currency.invalidate(key);
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      if (next != null) {
        next.close();
      }
    }
  }
}
