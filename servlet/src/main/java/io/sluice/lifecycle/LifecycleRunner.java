package io.sluice.lifecycle;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.operation.ObjectLocks;
import io.sluice.storage.Capability;
import io.sluice.storage.Storage;
import io.sluice.storage.option.BackendBucket;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the lifecycle rules of all buckets, again and again, in one thread. It reads at most
 * 50,000 versions and makes at most 1,000 changes a second, to leave room for clients. Thread-safe.
 */
public final class LifecycleRunner implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(LifecycleRunner.class);
  private static final int BUCKETS_PER_PAGE = 1000;
  private static final int PAGE_MILLIS = 20;
  private static final int CHANGE_MILLIS = 1;

  private final Storage storage;
  private final LifecycleDays days;
  private final Clock clock;
  private final Object lock = new Object();
  private boolean closed;
  private @Nullable Thread thread;

  /** A runner that waits to be started. */
  public LifecycleRunner(Storage storage, LifecycleDays days, Clock clock) {
    this.storage = storage;
    this.days = days;
    this.clock = clock;
  }

  /**
   * Starts the thread.
   *
   * @param interval from the end of one pass to the beginning of the next
   */
  public void start(Duration interval) {
    Thread started = new Thread(() -> loop(interval), "lifecycle");
    started.setDaemon(true);
    synchronized (lock) {
      if (closed || thread != null) {
        throw new IllegalStateException("started or closed already");
      }
      thread = started;
    }
    started.start();
  }

  private void loop(Duration interval) {
    while (pause(interval.toMillis())) {
      try {
        runOnce();
      } catch (IOException | RuntimeException e) {
        LOG.warn("Lifecycle rules could not be carried out; the next pass tries again", e);
      }
    }
  }

  /**
   * Goes over all buckets once.
   *
   * @return whether it came to the end, and was not closed meanwhile
   */
  public boolean runOnce() throws IOException {
    if (!storage.capabilities().contains(Capability.STORAGE_CLASSES)) {
      return true;
    }
    ObjectLocks locks = new ObjectLocks(storage.buckets(), clock);
    LifecycleScan scan =
        new LifecycleScan(
            storage, days, locks, changes -> pause(PAGE_MILLIS + (long) changes * CHANGE_MILLIS));
    String after = null;
    while (true) {
      List<BucketInfo> buckets = storage.buckets().list("", after, BUCKETS_PER_PAGE);
      for (BucketInfo bucket : buckets) {
        if (!run(scan, bucket)) {
          return false;
        }
      }
      if (buckets.size() < BUCKETS_PER_PAGE) {
        return true;
      }
      after = buckets.get(buckets.size() - 1).name().value();
    }
  }

  private boolean run(LifecycleScan scan, BucketInfo bucket) throws IOException {
    try {
      if (isProvidersOwn(bucket)) {
        return !isClosed();
      }
      LifecycleConfiguration configuration =
          LifecycleConfiguration.of(storage.buckets(), bucket.name()).orElse(null);
      return configuration == null ? !isClosed() : scan.run(bucket, configuration, clock.instant());
    } catch (S3Exception e) {
      if (e.code() != S3ErrorCode.NO_SUCH_BUCKET) {
        LOG.warn("Lifecycle of {} stopped; the next pass goes on", bucket.name(), e);
      }
      return !isClosed();
    }
  }

  /** Whether the rules of a bucket are those of the S3 that it lives in, which carries them out. */
  private boolean isProvidersOwn(BucketInfo bucket) throws IOException {
    return !bucket.provider().isEmpty()
        && storage.buckets().setting(bucket.name(), BackendBucket.SETTING).isEmpty();
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  /** Waits without being interrupted, which would close the files of a store. */
  private boolean pause(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    synchronized (lock) {
      long left = millis;
      while (!closed && left > 0) {
        try {
          lock.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
        left = (end - System.nanoTime()) / 1_000_000;
      }
      return !closed;
    }
  }

  /** Stops at the next page and waits for it, so that the store can be closed afterwards. */
  @Override
  public void close() {
    Thread running;
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
      running = thread;
    }
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
