package io.sluice.storage.local.index;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What one mutation changes, and which blobs may be free once it is committed. Confined to one
 * thread.
 */
public final class IndexBatch implements Closeable {
  private static final byte[] NOTHING = {};

  private final IndexDatabase database;
  private final WriteBatch batch = new WriteBatch();
  private final List<Long> released = new ArrayList<>();

  public IndexBatch(IndexDatabase database) {
    this.database = database;
  }

  public IndexBatch put(Column column, byte[] key, byte[] value) throws IOException {
    try {
      batch.put(database.handle(column), key, value);
      return this;
    } catch (RocksDBException e) {
      throw RocksFaults.translate(e);
    }
  }

  public IndexBatch delete(Column column, byte[] key) throws IOException {
    try {
      batch.delete(database.handle(column), key);
      return this;
    } catch (RocksDBException e) {
      throw RocksFaults.translate(e);
    }
  }

  /** Lets an owner hold extents. */
  public void hold(List<Extent> extents, long ownerSequence) throws IOException {
    for (Extent extent : extents) {
      if (!extent.isInline()) {
        put(Column.REFERENCES, IndexKeys.reference(extent.id(), ownerSequence), NOTHING);
      }
    }
  }

  /** Lets an owner let go of extents that another owner takes over in the same batch. */
  public void handOver(List<Extent> extents, long fromSequence) throws IOException {
    for (Extent extent : extents) {
      if (!extent.isInline()) {
        delete(Column.REFERENCES, IndexKeys.reference(extent.id(), fromSequence));
      }
    }
  }

  /** Lets an owner let go of extents; what nobody holds any more is freed later. */
  public void release(List<Extent> extents, long ownerSequence) throws IOException {
    for (Extent extent : extents) {
      if (extent.isInline()) {
        delete(Column.INLINE, IndexKeys.id(extent.id()));
      } else {
        delete(Column.REFERENCES, IndexKeys.reference(extent.id(), ownerSequence));
        put(Column.JOBS, IndexKeys.job(IndexKeys.GARBAGE, extent.id()), NOTHING);
        released.add(extent.id());
      }
    }
  }

  /** Whether nothing changes. */
  public boolean isEmpty() {
    return batch.count() == 0;
  }

  /** The blobs that were let go. */
  public List<Long> released() {
    return released;
  }

  public WriteBatch rocks() {
    return batch;
  }

  @Override
  public void close() {
    batch.close();
  }
}
