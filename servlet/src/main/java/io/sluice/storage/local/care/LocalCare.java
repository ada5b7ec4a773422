package io.sluice.storage.local.care;

import io.sluice.storage.local.blob.BlobDirectory;
import io.sluice.storage.local.blob.BlobPins;
import io.sluice.storage.local.blob.DamagedBlobs;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.maintenance.Finding;
import io.sluice.storage.maintenance.Maintenance;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Care for an open data directory. Thread-safe. */
public final class LocalCare implements Maintenance, Closeable {
  private final Store store;
  private final ScrubSettings settings;
  private final Scrubber scrubber;
  private final AtomicBoolean copying = new AtomicBoolean();

  /**
   * What is cared for.
   *
   * @param root the data directory
   * @param database the index
   * @param blobs the blob files
   * @param pins what keeps them
   * @param damaged which of them are damaged
   */
  public record Store(
      Path root,
      IndexDatabase database,
      BlobDirectory blobs,
      BlobPins pins,
      DamagedBlobs damaged) {}

  public LocalCare(Store store, ScrubSettings settings) {
    this.store = store;
    this.settings = settings;
    this.scrubber = new Scrubber(store, settings);
  }

  /** Starts the scrubber, unless it is off. */
  public void start() {
    scrubber.start();
  }

  @Override
  public Checked check(Orphans orphans, Consumer<Finding> told)
      throws IOException, InterruptedException {
    return new StoreCheck(store, new Pace(settings.bytesPerSecond()), told).run(orphans);
  }

  @Override
  public Copied snapshot(Path target) throws IOException {
    if (!copying.compareAndSet(false, true)) {
      throw new IOException("Another snapshot of " + store.root() + " is under way.");
    }
    try {
      return new SnapshotCopy(store, target).run();
    } finally {
      copying.set(false);
    }
  }

  @Override
  public Scrubbed scrubbed() {
    return scrubber.scrubbed();
  }

  /** Stops the scrubber. */
  @Override
  public void close() {
    scrubber.close();
  }
}
