package io.sluice.storage.cache;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects that are read into the cache though nobody asks for all of them: some at a time, each
 * once. Whom it would keep waiting too long it leaves out. Thread-safe.
 */
final class BackgroundFills implements Closeable {
  private static final int QUEUE = 1000;
  private static final int IDLE_SECONDS = 30;
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundFills.class);

  private final Fill fill;
  private final CacheCounts counts;
  private final Set<CacheKey> wanted = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor workers;

  /** Reads an object into the cache, and returns at the end. */
  interface Fill {
    void run(CacheKey key) throws IOException;
  }

  BackgroundFills(int atATime, CacheCounts counts, Fill fill) {
    this.fill = fill;
    this.counts = counts;
    this.workers =
        new ThreadPoolExecutor(
            atATime,
            atATime,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, "sluice-background-fill");
              thread.setDaemon(true);
              return thread;
            });
    workers.allowCoreThreadTimeOut(true);
  }

  /** Has an object read when its turn comes, unless that is asked for already. */
  void ask(CacheKey key) {
    if (!wanted.add(key)) {
      return;
    }
    try {
      workers.execute(() -> run(key));
    } catch (RejectedExecutionException e) {
      wanted.remove(key);
      counts.leftOut();
      LOG.debug("{} of {} is not read: too many wait", key.key(), key.bucket());
    }
  }

  private void run(CacheKey key) {
    // What is asked from here on may mean a newer state of the object.
    wanted.remove(key);
    try {
      fill.run(key);
    } catch (IOException | RuntimeException e) {
      counts.leftOut();
      LOG.info(
          "{} of {} was not read in the background: {}", key.key(), key.bucket(), e.toString());
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
