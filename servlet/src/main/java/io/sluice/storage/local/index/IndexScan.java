package io.sluice.storage.local.index;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** A walk over rows in order, on a view of the moment of its opening. Confined to one thread. */
public final class IndexScan implements Closeable {
  private final Slice lower;
  private final Slice upper;
  private final ReadOptions options;
  private final RocksIterator iterator;
  private final Runnable closed;

  /** From the first row, inclusive, to the end, exclusive. */
  @SuppressWarnings("ArrayRecordComponent") // Not compared.
  public record Bounds(byte[] from, byte[] to) {}

  IndexScan(
      RocksDB db,
      ColumnFamilyHandle column,
      Bounds bounds,
      @Nullable Snapshot snapshot,
      Runnable closed) {
    this.lower = new Slice(bounds.from());
    this.upper = new Slice(bounds.to());
    this.options = new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
    if (snapshot != null) {
      // A walk over everything must not drive out what clients read.
      options.setSnapshot(snapshot).setFillCache(false);
    }
    this.iterator = db.newIterator(column, options);
    this.closed = closed;
    iterator.seekToFirst();
  }

  /** Goes to the first row at or above a key. */
  public void seek(byte[] key) {
    iterator.seek(key);
  }

  public void next() {
    iterator.next();
  }

  /** Whether there is a row here. */
  public boolean valid() throws IOException {
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
      return false;
    } catch (RocksDBException e) {
      throw RocksFaults.translate(e);
    }
  }

  public byte[] key() {
    return iterator.key();
  }

  public byte[] value() {
    return iterator.value();
  }

  @Override
  public void close() {
    iterator.close();
    options.close();
    lower.close();
    upper.close();
    closed.run();
  }
}
