package io.sluice.storage.local.care;

import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.Rows;
import io.sluice.storage.maintenance.Finding;
import io.sluice.storage.maintenance.Maintenance;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all stored bytes at a bounded rate on one daemon thread, again and again, so that damage is
 * known before the last good copy elsewhere is gone. Blobs come in order of their ids, and the
 * place is kept in the index, so that a restart goes on where it was; then the values in the index,
 * by their owners. Nothing is held open while it pauses. Thread-safe.
 */
final class Scrubber implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);
  private static final Duration MAX_START_DELAY = Duration.ofMinutes(1);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofMinutes(1);

  /** A small value costs a read of its own. */
  private static final long MIN_VALUE_COST = 4096;

  private static final byte[] PLACE = IndexKeys.utf8("scrub-place");
  private static final byte[] BEGUN = IndexKeys.utf8("scrub-begun");

  /** The place behind all blobs and values: the pass is done. */
  private static final long DONE = Long.MAX_VALUE;

  private final LocalCare.Store store;
  private final ScrubSettings settings;
  private final AtomicLong passes = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong findings = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  Scrubber(LocalCare.Store store, ScrubSettings settings) {
    this.store = store;
    this.settings = settings;
    this.thread = new Thread(this::work, "sluice-scrubber");
    thread.setDaemon(true);
  }

  void start() {
    if (settings.bytesPerSecond() > 0) {
      thread.start();
    }
  }

  Maintenance.Scrubbed scrubbed() {
    return new Maintenance.Scrubbed(
        passes.get(), bytes.get(), store.damaged().count(), findings.get());
  }

  private void work() {
    Duration interval = settings.interval();
    Duration delay = interval.compareTo(MAX_START_DELAY) < 0 ? interval : MAX_START_DELAY;
    while (!closed) {
      try {
        Thread.sleep(delay.toMillis());
        waitForNextPass();
        pass();
        delay = Duration.ZERO;
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        if (!closed) {
          LOG.warn("Reading stored bytes to verify them failed, and will be tried again", e);
        }
        delay = PAUSE_AFTER_FAULT;
      }
    }
  }

  private void waitForNextPass() throws IOException, InterruptedException {
    if (read(PLACE, 0) != DONE) {
      return;
    }
    long due = read(BEGUN, 0) + settings.interval().toMillis();
    for (long left = due - System.currentTimeMillis();
        left > 0;
        left = due - System.currentTimeMillis()) {
      // In short steps, since the clock may be set.
      Thread.sleep(Math.min(left, MAX_START_DELAY.toMillis()));
    }
    write(0);
  }

  private void pass() throws IOException, InterruptedException {
    Pace pace = new Pace(settings.bytesPerSecond());
    BlobAudit audit = new BlobAudit(store.database(), store.blobs(), store.pins());
    long place = read(PLACE, 0);
    if (place == 0) {
      store
          .database()
          .writeLazily(
              new IndexBatch().put(Column.META, BEGUN, IndexKeys.id(System.currentTimeMillis())));
    }
    byte[] after = place == 0 ? new byte[0] : IndexKeys.id(place);
    for (List<Rows.Row> page = store.database().page(Column.BLOBS, after);
        !page.isEmpty();
        page = store.database().page(Column.BLOBS, after)) {
      scrub(page, audit, pace);
      after = page.get(page.size() - 1).key();
      write(IndexKeys.lastLong(after));
    }
    scrubValues(pace);
    forgetFreed();
    passes.incrementAndGet();
    write(DONE);
  }

  private void scrub(List<Rows.Row> page, BlobAudit audit, Pace pace)
      throws IOException, InterruptedException {
    Map<Long, BlobAudit.Fault> faults = new LinkedHashMap<>();
    for (Rows.Row row : page) {
      long id = IndexKeys.lastLong(row.key());
      long before = audit.bytes();
      BlobAudit.Fault fault = audit.examine(id, pace);
      bytes.addAndGet(audit.bytes() - before);
      if (fault == null) {
        store.damaged().remove(id);
      } else if (store.damaged().add(id)) {
        faults.put(id, fault);
      }
    }
    if (faults.isEmpty()) {
      return;
    }
    findings.addAndGet(faults.size());
    Map<Long, List<String>> names = new Owners(store.database()).namesOf(faults.keySet());
    faults.forEach(
        (id, fault) ->
            names
                .getOrDefault(id, List.of("(no object)"))
                .forEach(name -> tell(fault.kind(), name, fault.detail())));
  }

  private static void tell(Finding.Kind kind, String subject, String detail) {
    LOG.error("{}", new Finding(kind, subject, detail));
  }

  /** Damage that went with its objects is none any more. */
  private void forgetFreed() throws IOException {
    for (long id : store.damaged().ids()) {
      if (store.database().get(Column.BLOBS, IndexKeys.id(id)) == null) {
        store.damaged().remove(id);
      }
    }
  }

  private void scrubValues(Pace pace) throws IOException, InterruptedException {
    IndexDatabase database = store.database();
    new Owners(database)
        .each(
            new Owners.Visitor() {
              @Override
              public void unreadable(String name, String detail) {
                findings.incrementAndGet();
                tell(Finding.Kind.DAMAGED, name, detail);
              }

              @Override
              public void owner(Owners.Owner owner) throws IOException, InterruptedException {
                for (Extent extent : owner.extents()) {
                  if (extent.isInline()) {
                    scrubValue(database, owner, extent);
                    bytes.addAndGet(extent.length());
                    pace.spend(Math.max(extent.length(), MIN_VALUE_COST));
                  }
                }
              }
            });
  }

  private void scrubValue(IndexDatabase database, Owners.Owner owner, Extent extent)
      throws IOException {
    InlineValue value = InlineValue.of(database, extent);
    Finding.Kind fault = value.fault();
    if (fault == null) {
      return;
    }
    // A value goes with its owner, in one commit: where the owner is as it was, so is the value.
    byte @Nullable [] anchor = database.get(owner.anchor(), owner.row().key());
    if (anchor != null && Arrays.equals(anchor, owner.row().value())) {
      findings.incrementAndGet();
      tell(fault, owner.name(), value.detail());
    }
  }

  private long read(byte[] name, long otherwise) throws IOException {
    byte @Nullable [] value = store.database().get(Column.META, name);
    return value == null ? otherwise : ByteBuffer.wrap(value).getLong();
  }

  private void write(long place) throws IOException {
    store.database().writeLazily(new IndexBatch().put(Column.META, PLACE, IndexKeys.id(place)));
  }

  /** Stops at the next block. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
