package io.sluice.storage.local.index;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Snapshot;

/**
 * The index as it was at one moment, so that a long check compares rows that belong together while
 * writes go on. While it is open, RocksDB keeps what is deleted. Thread-safe.
 */
public final class IndexView implements Rows, Closeable {
  private final IndexDatabase database;
  private final Snapshot snapshot;

  IndexView(IndexDatabase database, Snapshot snapshot) {
    this.database = database;
    this.snapshot = snapshot;
  }

  @Override
  public byte @Nullable [] get(Column column, byte[] key) throws IOException {
    return database.get(column, key, snapshot);
  }

  @Override
  public IndexScan scan(Column column, byte[] from, byte[] to) throws IOException {
    return database.scan(column, new IndexScan.Bounds(from, to), snapshot);
  }

  @Override
  public void close() {
    database.release(snapshot);
  }
}
