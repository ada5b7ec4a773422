package io.sluice.storage.local.usage;

import io.sluice.error.S3ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room that is left on the disk: below a floor, what adds data is refused, so that deletions,
 * and RocksDB's own work, have room to go on. The disk is asked once a second at most, by whichever
 * request comes first. Thread-safe.
 */
public final class FreeSpace {
  /** Short enough that no network fills the floor meanwhile, long enough to cost nothing. */
  private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);

  private final long floorBytes;
  private final Probe probe;
  private final LongSupplier nanoTime;
  private final AtomicLong nextLook;
  private volatile boolean low;

  /** Tells the room on a disk. */
  public interface Probe {
    /** Bytes that can be written. */
    long usableBytes() throws IOException;
  }

  /**
   * A watch on a disk.
   *
   * @param floorBytes what has to stay free; 0 for no floor
   */
  public FreeSpace(long floorBytes, Probe probe, LongSupplier nanoTime) {
    this.floorBytes = floorBytes;
    this.probe = probe;
    this.nanoTime = nanoTime;
    this.nextLook = new AtomicLong(nanoTime.getAsLong());
  }

  /**
   * Refuses to add data while there is no room.
   *
   * @throws io.sluice.error.S3Exception StorageFull
   */
  public void require() {
    if (floorBytes == 0) {
      return;
    }
    long now = nanoTime.getAsLong();
    long due = nextLook.get();
    if (now - due >= 0 && nextLook.compareAndSet(due, now + KEPT_NANOS)) {
      look();
    }
    if (low) {
      throw S3ErrorCode.STORAGE_FULL.exception();
    }
  }

  private void look() {
    try {
      long free = probe.usableBytes();
      boolean lowNow = free < floorBytes;
      if (lowNow && !low) {
        LOG.warn(
            "{} bytes are free, less than free-space-floor ({}): writes are refused",
            free,
            floorBytes);
      } else if (!lowNow && low) {
        LOG.info("{} bytes are free again: writes go on", free);
      }
      low = lowNow;
    } catch (IOException e) {
      // The last answer stands; a disk that is really broken fails the write itself.
      LOG.warn("The room on the disk cannot be told", e);
    }
  }
}
