package io.sluice.storage.local;

import io.sluice.model.Quota;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.local.blob.BlobDirectory;
import io.sluice.storage.local.blob.BlobPins;
import io.sluice.storage.local.blob.BlobReader;
import io.sluice.storage.local.blob.BodyIntake;
import io.sluice.storage.local.blob.DamagedBlobs;
import io.sluice.storage.local.care.LocalCare;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.ObjectIndex;
import io.sluice.storage.local.index.Sequences;
import io.sluice.storage.local.usage.Admission;
import io.sluice.storage.local.usage.FreeSpace;
import io.sluice.storage.local.usage.UsageLedger;
import io.sluice.storage.local.usage.UsageOpening;
import io.sluice.storage.maintenance.Maintenance;
import io.sluice.storage.maintenance.StoreMetric;
import io.sluice.storage.maintenance.Vital;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An open data directory. Thread-safe. */
final class LocalStorage implements Storage {
  private static final byte[] TRIED = "tried".getBytes(StandardCharsets.US_ASCII);

  private final Deque<Closeable> open;
  private final BucketStore buckets;
  private final ObjectStore objects;
  private final MultipartStore uploads;
  private final Maintenance care;
  private final IndexDatabase database;
  private final List<StoreMetric> metrics;

  /** The uploads, the least that a part but the last holds, and the data directory. */
  private record Uploads(UploadIndex index, long minPartSizeBytes, Path data) {}

  private LocalStorage(Deque<Closeable> open, LocalEngine engine, Maintenance care, Uploads uploads)
      throws IOException {
    this.open = open;
    this.care = care;
    this.database = engine.database();
    this.metrics = LocalMetrics.of(engine, care, Files.getFileStore(uploads.data()));
    this.buckets = new LocalBucketStore(engine, uploads.index());
    this.objects = new LocalObjectStore(engine);
    this.uploads = new LocalMultipartStore(engine, uploads.index(), uploads.minPartSizeBytes());
  }

  /**
   * Opens a data directory.
   *
   * @param clock says when uploads and what is remembered are too old
   */
  static LocalStorage open(LocalSettings settings, Clock clock) throws IOException {
    Deque<Closeable> open = new ArrayDeque<>();
    try {
      return open(settings, clock, open);
    } catch (IOException | RuntimeException e) {
      try {
        closeAll(open);
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private static LocalStorage open(LocalSettings settings, Clock clock, Deque<Closeable> open)
      throws IOException {
    DataDirectory directory = push(open, DataDirectory.open(settings.data(), settings.presence()));
    IndexDatabase database =
        push(
            open,
            new IndexDatabase(
                directory.index(), settings.blockCacheBytes(), settings.durability()));
    Sequences sequences = push(open, new Sequences(database));
    BlobDirectory blobs = new BlobDirectory(directory.blobs(), sequences);
    BlobPins pins = new BlobPins();
    DamagedBlobs damaged = new DamagedBlobs();
    ObjectIndex index = new ObjectIndex(database);
    BucketTable table = new BucketTable(database);
    boolean verifying = settings.verifyReads() != LocalSettings.VerifyReads.NEVER;
    boolean handedOver = settings.verifyReads() != LocalSettings.VerifyReads.ALWAYS;
    Expiry expiry = new Expiry(settings.uploadExpiry());
    Janitor janitor =
        push(open, new Janitor(new Janitor.Store(database, blobs, pins), expiry, clock));
    LocalEngine engine =
        new LocalEngine(
            database,
            index,
            table,
            sequences,
            new KeyLocks(),
            new BodyIntake(blobs, settings.inlineThresholdBytes()),
            new VersionReader(database, index, pins, damaged),
            new LocalContent.Files(
                new BlobReader(database, blobs, verifying), blobs, pins, handedOver),
            janitor,
            admission(settings, database, table));
    UploadIndex uploads = new UploadIndex(engine);
    expiry.uploads = uploads;
    LocalCare care =
        push(
            open,
            new LocalCare(
                new LocalCare.Store(settings.data(), database, blobs, pins, damaged),
                settings.scrub()));
    janitor.start();
    care.start();
    return new LocalStorage(
        open, engine, care, new Uploads(uploads, settings.minPartSizeBytes(), settings.data()));
  }

  private static Admission admission(
      LocalSettings settings, IndexDatabase database, BucketTable buckets) throws IOException {
    LocalSettings.Room room = settings.room();
    UsageLedger ledger = new UsageLedger(new Quota(room.accountQuotaBytes(), Long.MAX_VALUE));
    new UsageOpening(database, ledger).open(buckets.records().values());
    FileStore disk = Files.getFileStore(settings.data());
    return new Admission(
        ledger, new FreeSpace(room.freeSpaceFloorBytes(), disk::getUsableSpace, System::nanoTime));
  }

  private static <T extends Closeable> T push(Deque<Closeable> open, T part) {
    open.push(part);
    return part;
  }

  /** The janitor's task of dropping old uploads, which needs the engine that needs the janitor. */
  private static final class Expiry implements Janitor.Sweep {
    private final @Nullable Duration age;
    private @Nullable UploadIndex uploads;

    Expiry(@Nullable Duration age) {
      this.age = age;
    }

    @Override
    public void run(Instant now) throws IOException {
      if (age != null && uploads != null) {
        uploads.expire(now.minus(age));
      }
    }
  }

  @Override
  public BucketStore buckets() {
    return buckets;
  }

  @Override
  public ObjectStore objects() {
    return objects;
  }

  @Override
  public MultipartStore uploads() {
    return uploads;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public List<StoreMetric> metrics() {
    return metrics;
  }

  @Override
  public List<Vital> vitals() {
    return List.of(new Vital("store", Vital.Place.HERE, this::tryWriting));
  }

  /** A row that nobody reads: RocksDB refuses all writes once one has failed for good. */
  private void tryWriting() throws IOException {
    database.writeLazily(
        new IndexBatch().put(Column.META, TRIED, IndexKeys.id(System.currentTimeMillis())));
    database.syncLog();
  }

  @Override
  public Optional<Maintenance> maintenance() {
    return Optional.of(care);
  }

  /**
   * How many commits there were since the opening.
   *
   * @param synced those that were synced before they were answered
   * @param relaxed those that were left to a later sync
   */
  record Commits(long synced, long relaxed) {}

  /** The commits so far. */
  Commits commits() {
    return new Commits(database.syncedCommits(), database.relaxedCommits());
  }

  /** Flushes and gives the directory free. */
  @Override
  public void close() throws IOException {
    closeAll(open);
  }

  private static void closeAll(Deque<Closeable> open) throws IOException {
    IOException first = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
