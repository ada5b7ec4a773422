package io.sluice.web.health;

import io.sluice.error.S3Exception;
import io.sluice.storage.Storage;
import io.sluice.storage.maintenance.Vital;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether requests would be served: the store answers and takes writes and, by setting, the
 * providers of buckets answer. Anybody may ask, so what was found holds for a moment, and one
 * request at a time looks again. Thread-safe.
 */
public final class Readiness {
  /** How long an answer holds: probes come every few seconds. */
  private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

  /** While somebody looks for longer than this, what was known before is worth nothing. */
  private static final long STALE_NANOS = Duration.ofSeconds(30).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

  private final Storage storage;
  private final List<Vital> vitals;
  private final LongSupplier nanoTime;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Seen seen;

  private record Seen(List<String> failing, long atNanos) {}

  /**
   * That of a store.
   *
   * @param remote whether what is behind a network counts
   */
  public Readiness(Storage storage, boolean remote) {
    this(storage, remote, System::nanoTime);
  }

  Readiness(Storage storage, boolean remote, LongSupplier nanoTime) {
    this.storage = storage;
    this.nanoTime = nanoTime;
    this.vitals =
        storage.vitals().stream()
            .filter(vital -> remote || vital.place() == Vital.Place.HERE)
            .toList();
    this.seen = new Seen(List.of("not tried yet"), nanoTime.getAsLong() - STALE_NANOS);
  }

  /** Names of what does not work; empty when the gateway is ready. */
  public List<String> failing() {
    long age = nanoTime.getAsLong() - seen.atNanos();
    if (age >= STALE_NANOS) {
      looking.lock();
    } else if (age < KEPT_NANOS || !looking.tryLock()) {
      return seen.failing();
    }
    try {
      if (nanoTime.getAsLong() - seen.atNanos() >= KEPT_NANOS) {
        seen = new Seen(look(), nanoTime.getAsLong());
      }
      return seen.failing();
    } finally {
      looking.unlock();
    }
  }

  private List<String> look() {
    List<String> failing = new ArrayList<>();
    tryIt("index", () -> storage.buckets().list("", null, 1), failing);
    vitals.forEach(vital -> tryIt(vital.name(), vital.trial(), failing));
    return List.copyOf(failing);
  }

  private static void tryIt(String name, Vital.Trial trial, List<String> failing) {
    try {
      trial.run();
    } catch (IOException | S3Exception e) {
      LOG.warn("Not ready: {} does not work", name, e);
      failing.add(name);
    }
  }
}
