package io.sluice.admin;

import io.sluice.error.S3Exception;
import io.sluice.model.ObjectKey;
import io.sluice.storage.maintenance.BucketCache;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One wish to have objects in a cache: some at a time. Used once. */
final class CacheJob {
  private final BucketCache cache;
  private final KeySource keys;
  private final boolean latest;
  private final Jobs.Teller teller;

  // Guarded by this.
  private long read;
  private long here;
  private long notKept;
  private long failed;
  private @Nullable IOException fault;

  CacheJob(BucketCache cache, KeySource keys, boolean latest, Jobs.Teller teller) {
    this.cache = cache;
    this.keys = keys;
    this.latest = latest;
    this.teller = teller;
  }

  /** Lets objects go, which is quick. */
  static Map<String, Object> evict(BucketCache cache, KeySource keys, Jobs.Teller teller)
      throws IOException {
    long asked = 0;
    long gone = 0;
    for (ObjectKey key = keys.next(); key != null && !teller.isCancelled(); key = keys.next()) {
      asked++;
      gone += cache.evict(key) ? 1 : 0;
      teller.progress(progress(asked, keys));
    }
    return Map.of("evicted", gone, "absent", asked - gone);
  }

  /**
   * Reads them.
   *
   * @throws IOException when the bucket cannot be listed
   */
  Map<String, Object> run(int workers) throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(workers, CacheJob::thread);
    try {
      Future<?>[] all = new Future<?>[workers];
      for (int i = 0; i < workers; i++) {
        all[i] = pool.submit(this::work);
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
    return result();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "sluice-prefetch");
    thread.setDaemon(true);
    return thread;
  }

  private void work() {
    for (ObjectKey key = next(); key != null; key = next()) {
      try {
        count(cache.prefetch(key, latest));
      } catch (S3Exception e) {
        fail(key, e.code().wireCode());
      } catch (IOException e) {
        fail(key, String.valueOf(e.getMessage()));
      }
    }
  }

  private synchronized @Nullable ObjectKey next() {
    if (fault != null || teller.isCancelled()) {
      return null;
    }
    try {
      return keys.next();
    } catch (IOException e) {
      fault = e;
      return null;
    }
  }

  private synchronized void count(BucketCache.Fetched fetched) {
    switch (fetched) {
      case READ -> read++;
      case HERE -> here++;
      case NOT_KEPT -> notKept++;
    }
    tell();
  }

  private synchronized void fail(ObjectKey key, String reason) {
    failed++;
    teller.tell((reason + ": " + key.value()).replaceAll("\\p{Cntrl}", "?"));
    tell();
  }

  private void tell() {
    teller.progress(progress(read + here + notKept + failed, keys));
  }

  private static Map<String, Long> progress(long done, KeySource keys) {
    Map<String, Long> progress = new LinkedHashMap<>();
    progress.put("done", done);
    Long total = keys.total();
    if (total != null) {
      progress.put("total", total);
    }
    return progress;
  }

  private synchronized Map<String, Object> result() throws IOException {
    if (fault != null) {
      throw fault;
    }
    return Map.of("read", read, "here", here, "not kept", notKept, "failed", failed);
  }
}
