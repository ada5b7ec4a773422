package io.sluice.storage.local;

import io.sluice.storage.local.blob.BlobDirectory;
import io.sluice.storage.local.blob.BlobPins;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees what nothing refers to, one thing at a time on one daemon thread: blobs that were let go,
 * files that a crash left without a reference, records of completed uploads and renames past their
 * time, abandoned uploads, and empty directories. Thread-safe.
 */
final class Janitor implements Closeable {
  /** How long a repeated completion or rename is answered. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final byte[] CLEAN_EPOCH = IndexKeys.utf8("clean-epoch");
  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);

  private final IndexDatabase database;
  private final BlobDirectory blobs;
  private final BlobPins pins;
  private final Sweep sweep;
  private final Clock clock;
  private final Queue<Long> garbage = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private final LongAdder freed = new LongAdder();
  private final LongAdder faults = new LongAdder();
  private volatile int orphans;
  private volatile boolean closed;
  private volatile boolean orphansSuspected;

  /** What the janitor keeps tidy. */
  record Store(IndexDatabase database, BlobDirectory blobs, BlobPins pins) {}

  /** What else is done from time to time. */
  interface Sweep {
    void run(Instant now) throws IOException;
  }

  /**
   * A janitor that does not work yet.
   *
   * @param sweep what else is done from time to time
   * @param clock says when something is too old
   */
  Janitor(Store store, Sweep sweep, Clock clock) {
    this.database = store.database();
    this.blobs = store.blobs();
    this.pins = store.pins();
    this.sweep = sweep;
    this.clock = clock;
    this.thread = new Thread(this::work, "sluice-janitor");
    thread.setDaemon(true);
  }

  /** Looks for what the last run left, and starts. */
  void start() throws IOException {
    try (IndexScan scan =
        database.scan(
            Column.JOBS,
            IndexKeys.job(IndexKeys.GARBAGE, 0),
            IndexKeys.job((char) (IndexKeys.GARBAGE + 1), 0))) {
      for (; scan.valid(); scan.next()) {
        garbage.add(IndexKeys.lastLong(scan.key()));
      }
    }
    removeOrphans();
    thread.start();
  }

  /** Takes blobs that were let go by a committed batch. */
  void offer(Collection<Long> released) {
    garbage.addAll(released);
  }

  private void removeOrphans() throws IOException {
    byte @Nullable [] mark = database.get(Column.META, CLEAN_EPOCH);
    long firstUnclean = mark == null ? 0 : ByteBuffer.wrap(mark).getLong();
    int removed = 0;
    for (long id : blobs.filesSince(firstUnclean)) {
      if (database.get(Column.BLOBS, IndexKeys.id(id)) == null) {
        blobs.delete(id);
        removed++;
      }
    }
    orphans = removed;
    if (removed > 0) {
      LOG.info("Removed {} blob files that no commit refers to", removed);
    }
    markClean(blobs.currentEpoch());
  }

  private void markClean(long epoch) throws IOException {
    database.write(new IndexBatch().put(Column.META, CLEAN_EPOCH, IndexKeys.id(epoch)));
  }

  private void work() {
    Instant nextSweep = clock.instant().plus(SWEEP_INTERVAL);
    while (!closed) {
      try {
        database.settle();
        collect();
        Instant now = clock.instant();
        if (now.isAfter(nextSweep)) {
          nextSweep = now.plus(SWEEP_INTERVAL);
          forget(now.minus(REMEMBERED));
          blobs.removeEmpty();
          sweep.run(now);
        }
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        if (!closed) {
          faults.increment();
          LOG.warn("Freeing space failed, and will be tried again", e);
        }
        pauseAfterFault();
      }
    }
  }

  private void pauseAfterFault() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  /** Frees what may be freed now; what is still being read waits for the next time. */
  void collect() throws IOException {
    List<Long> inUse = new ArrayList<>();
    if (!garbage.isEmpty()) {
      // Relaxed commits: what let go of a blob has to be durable before its file goes.
      database.settle();
    }
    try {
      for (Long id = garbage.poll(); id != null && !closed; id = garbage.poll()) {
        if (pins.condemn(id)) {
          try {
            free(id);
          } catch (IOException | RuntimeException e) {
            inUse.add(id);
            throw e;
          } finally {
            pins.acquit(id);
          }
        } else {
          inUse.add(id);
        }
      }
    } finally {
      garbage.addAll(inUse);
    }
  }

  private void free(long id) throws IOException {
    boolean referenced;
    try (IndexScan scan =
        database.scan(
            Column.REFERENCES, IndexKeys.reference(id, 0), IndexKeys.reference(id + 1, 0))) {
      referenced = scan.valid();
    }
    if (!referenced) {
      // The file goes first: a crash in between leaves a job that deletes it again.
      blobs.delete(id);
      freed.increment();
    }
    IndexBatch batch = new IndexBatch().delete(Column.JOBS, IndexKeys.job(IndexKeys.GARBAGE, id));
    if (!referenced) {
      batch.delete(Column.BLOBS, IndexKeys.id(id));
    }
    database.writeLazily(batch);
  }

  private void forget(Instant limit) throws IOException {
    forget(IndexKeys.COMPLETED, limit, row -> IndexCodec.completed(row).completedAt());
    forget(IndexKeys.RENAMED, limit, LocalRenames::renamedAt);
  }

  private void forget(char kind, Instant limit, Function<byte[], Instant> doneAt)
      throws IOException {
    IndexBatch batch = new IndexBatch();
    try (IndexScan scan =
        database.scan(Column.JOBS, IndexKeys.job(kind, 0), IndexKeys.job((char) (kind + 1), 0))) {
      for (; scan.valid(); scan.next()) {
        if (doneAt.apply(scan.value()).isBefore(limit)) {
          batch.delete(Column.JOBS, scan.key());
        }
      }
      database.writeLazily(batch);
    }
  }

  /** How many blobs wait to be looked at. */
  int waiting() {
    return garbage.size();
  }

  /** How many blobs were deleted. */
  long freed() {
    return freed.sum();
  }

  /** How many files of a crash were deleted. */
  int orphans() {
    return orphans;
  }

  /** How often freeing space failed. */
  long faults() {
    return faults.sum();
  }

  /** Notes that a commit failed half-way, so that its file is looked at when the store opens. */
  void suspectOrphans() {
    orphansSuspected = true;
  }

  /** Stops. Nothing is being written any more, so the next opening need not look for orphans. */
  @Override
  public void close() throws IOException {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!orphansSuspected) {
      markClean(blobs.currentEpoch() + 1);
    }
  }
}
