package io.sluice.storage.local.index;

import io.sluice.storage.option.Durability;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Filter;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.Snapshot;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.UInt64AddOperator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The RocksDB of an index. Thread-safe. Every call holds the gate, so that a call that comes after
 * {@link #close()}, or while it waits, meets an exception and not freed memory.
 */
public final class IndexDatabase implements Rows, Closeable {
  private static final long BLOCK_BYTES = 16L << 10;
  private static final double BLOOM_BITS = 10;
  private static final long MEMTABLE_BYTES = 64L << 20;

  /** Of all column families together, so that fifteen memtables do not fill fifteen times that. */
  private static final long ALL_MEMTABLES_BYTES = 96L << 20;

  private static final long MAX_WAL_BYTES = 256L << 20;
  private static final long MIN_BLOB_BYTES = 4L << 10;
  private static final int BACKGROUND_JOBS = 2;
  private static final int KEPT_LOGS = 3;

  /** A file where half of a window of this many entries is tombstones is compacted soon. */
  private static final long TOMBSTONE_WINDOW = 2048;

  private static final long TOMBSTONE_TRIGGER = 1024;

  static {
    // Loading runs a program (ldd), and the JDK's thread that waits for programs outlives them by a
    // minute: it must not keep the class loader of a web application that has been taken away.
    Thread thread = Thread.currentThread();
    ClassLoader application = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      RocksDB.loadLibrary();
    } finally {
      thread.setContextClassLoader(application);
    }
  }

  private final ReadWriteLock gate = new ReentrantReadWriteLock();
  private final Deque<RocksObject> natives = new ArrayDeque<>();
  private final Map<Column, ColumnFamilyHandle> handles = new EnumMap<>(Column.class);
  private final Set<Snapshot> snapshots = ConcurrentHashMap.newKeySet();
  private final RocksDB db;
  private final WriteOptions synced;
  private final WriteOptions unsynced;
  private final Durability durability;
  private final LongAdder syncedCommits = new LongAdder();
  private final LongAdder relaxedCommits = new LongAdder();
  private final LongAdder commitNanos = new LongAdder();
  private volatile boolean unsettled;
  private boolean closed;

  /**
   * Opens or creates.
   *
   * @param durability of commits that name none
   */
  public IndexDatabase(Path directory, long cacheBytes, Durability durability) throws IOException {
    this.durability = durability;
    try {
      Cache cache = own(new LRUCache(cacheBytes));
      Filter bloom = own(new BloomFilter(BLOOM_BITS, false));
      List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
      descriptors.add(
          new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options(null, cache, bloom)));
      for (Column column : Column.values()) {
        descriptors.add(
            new ColumnFamilyDescriptor(column.diskName(), options(column, cache, bloom)));
      }
      DBOptions options =
          own(new DBOptions())
              .setCreateIfMissing(true)
              .setCreateMissingColumnFamilies(true)
              .setMaxBackgroundJobs(BACKGROUND_JOBS)
              .setDbWriteBufferSize(ALL_MEMTABLES_BYTES)
              .setMaxTotalWalSize(MAX_WAL_BYTES)
              .setKeepLogFileNum(KEPT_LOGS)
              .setEnableWriteThreadAdaptiveYield(false) // a leader's sync outlasts any spinning
              .setStatsDumpPeriodSec(0);
      List<ColumnFamilyHandle> opened = new ArrayList<>();
      db = own(RocksDB.open(options, directory.toString(), descriptors, opened));
      opened.forEach(this::own);
      // The first one opened is RocksDB's default.
      Iterator<ColumnFamilyHandle> inOrder = opened.listIterator(1);
      for (Column column : Column.values()) {
        handles.put(column, inOrder.next());
      }
      synced = own(new WriteOptions()).setSync(true);
      unsynced = own(new WriteOptions());
    } catch (RocksDBException e) {
      closeNatives();
      throw RocksFaults.translate(e);
    }
  }

  private <T extends RocksObject> T own(T object) {
    natives.push(object);
    return object;
  }

  private ColumnFamilyOptions options(@Nullable Column column, Cache cache, Filter bloom) {
    ColumnFamilyOptions options =
        own(column != null && column.isQueueLike() ? queueOptions() : new ColumnFamilyOptions())
            .setWriteBufferSize(MEMTABLE_BYTES)
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setLevelCompactionDynamicLevelBytes(true)
            .setTableFormatConfig(
                new BlockBasedTableConfig()
                    .setBlockSize(BLOCK_BYTES)
                    .setBlockCache(cache)
                    .setCacheIndexAndFilterBlocks(true)
                    .setPinL0FilterAndIndexBlocksInCache(true)
                    .setFilterPolicy(bloom));
    if (column == Column.USAGE) {
      options.setMergeOperator(own(new UInt64AddOperator()));
    }
    if (column == Column.INLINE) {
      options
          .setEnableBlobFiles(true)
          .setMinBlobSize(MIN_BLOB_BYTES)
          .setEnableBlobGarbageCollection(true);
    }
    return options;
  }

  /** RocksJava sets collectors on its combined options only. */
  private static ColumnFamilyOptions queueOptions() {
    try (Options combined = new Options();
        TablePropertiesCollectorFactory collector =
            TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(
                TOMBSTONE_WINDOW, TOMBSTONE_TRIGGER, 0.0)) {
      combined.setTablePropertiesCollectorFactory(List.of(collector));
      return new ColumnFamilyOptions(combined);
    }
  }

  /** Holds the database open until {@link #leave()}. */
  private void enter() throws IOException {
    gate.readLock().lock();
    if (closed) {
      gate.readLock().unlock();
      throw new IOException("The local store is closed.");
    }
  }

  private void leave() {
    gate.readLock().unlock();
  }

  @Override
  public byte @Nullable [] get(Column column, byte[] key) throws IOException {
    enter();
    try {
      return db.get(handle(column), key);
    } catch (RocksDBException e) {
      throw RocksFaults.translate(e);
    } finally {
      leave();
    }
  }

  /** Commits a batch: all of it or nothing, durable on return where commits are synced. */
  public void write(IndexBatch batch) throws IOException {
    write(batch, durability);
  }

  /** Commits a batch: all of it or nothing, durable on return unless relaxed. */
  public void write(IndexBatch batch, Durability asked) throws IOException {
    long begun = System.nanoTime();
    if (asked == Durability.GROUP) {
      write(batch, synced);
      syncedCommits.increment();
    } else {
      write(batch, unsynced);
      // Set after the write: a sync that began before it may have missed it.
      unsettled = true;
      relaxedCommits.increment();
    }
    commitNanos.add(System.nanoTime() - begun);
  }

  /** How long commits took together since the opening, in nanoseconds. */
  public long commitNanos() {
    return commitNanos.sum();
  }

  /** How many commits were synced by themselves since the opening. */
  public long syncedCommits() {
    return syncedCommits.sum();
  }

  /** How many commits were left to a later sync since the opening. */
  public long relaxedCommits() {
    return relaxedCommits.sum();
  }

  /** The durability of commits that name none. */
  public Durability durability() {
    return durability;
  }

  /** Commits a batch that may be lost in a crash, with all that came after it. */
  public void writeLazily(IndexBatch batch) throws IOException {
    write(batch, unsynced);
  }

  private void write(IndexBatch batch, WriteOptions options) throws IOException {
    enter();
    try (WriteBatch rocks = new WriteBatch()) {
      // First: a batch that deletes a bucket deletes its counters as well.
      for (IndexBatch.Change merge : UsageRows.merges(batch)) {
        rocks.merge(handle(merge.column()), merge.key(), merge.value());
      }
      for (IndexBatch.Change change : batch.changes()) {
        byte @Nullable [] value = change.value();
        byte @Nullable [] end = change.end();
        if (end != null) {
          rocks.deleteRange(handle(change.column()), change.key(), end);
        } else if (value == null) {
          rocks.delete(handle(change.column()), change.key());
        } else {
          rocks.put(handle(change.column()), change.key(), value);
        }
      }
      db.write(options, rocks);
    } catch (RocksDBException e) {
      throw RocksFaults.translate(e);
    } finally {
      leave();
    }
  }

  @Override
  public IndexScan scan(Column column, byte[] from, byte[] to) throws IOException {
    return scan(column, new IndexScan.Bounds(from, to), null);
  }

  IndexScan scan(Column column, IndexScan.Bounds bounds, @Nullable Snapshot snapshot)
      throws IOException {
    enter();
    return new IndexScan(db, handle(column), bounds, snapshot, this::leave);
  }

  byte @Nullable [] get(Column column, byte[] key, Snapshot snapshot) throws IOException {
    enter();
    try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
      return db.get(handle(column), options, key);
    } catch (RocksDBException e) {
      throw RocksFaults.translate(e);
    } finally {
      leave();
    }
  }

  /** The index as it is now; closed by the caller. */
  public IndexView view() throws IOException {
    enter();
    try {
      Snapshot snapshot = db.getSnapshot();
      snapshots.add(snapshot);
      return new IndexView(this, snapshot);
    } finally {
      leave();
    }
  }

  /** Ends a view; after the close, which ended all of them, it does nothing. */
  void release(Snapshot snapshot) {
    gate.readLock().lock();
    try {
      if (snapshots.remove(snapshot)) {
        db.releaseSnapshot(snapshot);
      }
    } finally {
      gate.readLock().unlock();
    }
  }

  /**
   * Makes a copy of the index as it is now, by hard links where the file system can.
   *
   * @param directory must not exist, and its parent must
   */
  public void copyTo(Path directory) throws IOException {
    enter();
    try (Checkpoint checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(directory.toString());
    } catch (RocksDBException e) {
      throw RocksFaults.translate(e);
    } finally {
      leave();
    }
  }

  /** Makes durable what relaxed commits left; costs nothing when there were none. */
  public void settle() throws IOException {
    if (unsettled) {
      // Cleared first: a commit during the sync may have missed it.
      unsettled = false;
      boolean settled = false;
      try {
        syncLog();
        settled = true;
      } finally {
        if (!settled) {
          unsettled = true;
        }
      }
    }
  }

  /** Syncs the log. */
  public void syncLog() throws IOException {
    enter();
    try {
      db.flushWal(true);
    } catch (RocksDBException e) {
      throw RocksFaults.translate(e);
    } finally {
      leave();
    }
  }

  private ColumnFamilyHandle handle(Column column) {
    ColumnFamilyHandle handle = handles.get(column);
    if (handle == null) {
      throw new IllegalStateException("No column family " + column);
    }
    return handle;
  }

  /** Flushes, so that the next opening replays nothing, and closes in the reverse of opening. */
  @Override
  public void close() throws IOException {
    gate.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      snapshots.forEach(db::releaseSnapshot);
      snapshots.clear();
      try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
        db.flush(wait, new ArrayList<>(handles.values()));
        db.flushWal(true);
      } catch (RocksDBException e) {
        throw RocksFaults.translate(e);
      } finally {
        closeNatives();
      }
    } finally {
      gate.writeLock().unlock();
    }
  }

  private void closeNatives() {
    while (!natives.isEmpty()) {
      natives.pop().close();
    }
  }
}
