package io.sluice.web.logging;

import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.operation.setting.BucketLoggingStatus;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server access logs. A request leaves its record in a queue and goes on; one thread looks every
 * moment which records a bucket wants, and delivers them as objects when they are old or many
 * enough. As on AWS, delivery is best effort: what does not fit into the queue, or cannot be
 * delivered after some attempts, is dropped and said so. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html">Server
 *     access logs</a>
 */
public final class AccessLog implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final int QUEUED_RECORDS = 32_768;
  private static final long TICK_MILLIS = 250;
  private static final int MAX_ATTEMPTS = 5;
  private static final long MAX_BUFFERED_BYTES = 32L << 20;
  private static final long STOP_SECONDS = 20;

  /** When records are delivered: at this age, or when they have this size together. */
  public record Roll(Duration interval, long sizeBytes) {}

  private final BucketStore buckets;
  private final LogDelivery delivery;
  private final Roll roll;
  private final Clock clock;
  private final boolean enabled;
  private final BlockingQueue<AccessRecord> queue = new ArrayBlockingQueue<>(QUEUED_RECORDS);
  private final AtomicLong dropped = new AtomicLong();
  private final Map<LogDelivery.Destination, LogBuffer> buffers = new HashMap<>();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sluice-access-log");
            thread.setDaemon(true);
            return thread;
          });

  /** A log of requests to a back end; there is none when it keeps no settings. */
  public AccessLog(Storage storage, LogDelivery delivery, Roll roll, Clock clock) {
    this.buckets = storage.buckets();
    this.delivery = delivery;
    this.roll = roll;
    this.clock = clock;
    this.enabled = storage.capabilities().contains(Capability.BUCKET_SETTINGS);
    if (enabled) {
      ScheduledFuture<?> unused =
          worker.scheduleWithFixedDelay(
              this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether records are wanted at all. */
  public boolean enabled() {
    return enabled;
  }

  /** Takes a record; never waits. */
  public void add(AccessRecord accessRecord) {
    if (!queue.offer(accessRecord)) {
      dropped.incrementAndGet();
    }
  }

  private void tick() {
    try {
      collect();
      long dropping = dropped.getAndSet(0);
      if (dropping > 0) {
        LOG.warn("{} records of access logs were dropped: requests came faster", dropping);
      }
      deliver(false);
    } catch (RuntimeException e) {
      // A task that throws would never run again.
      LOG.error("Access logs could not be collected", e);
    }
  }

  private void collect() {
    List<AccessRecord> records = new ArrayList<>();
    queue.drainTo(records);
    Map<BucketName, Optional<Source>> sources = new HashMap<>();
    for (AccessRecord accessRecord : records) {
      Optional<Source> source = sources.computeIfAbsent(accessRecord.bucket(), this::source);
      if (source.isPresent()) {
        BucketInfo bucket = source.get().bucket();
        LogDelivery.Destination destination =
            LogDelivery.Destination.of(bucket, source.get().logging(), accessRecord.at());
        buffers
            .computeIfAbsent(destination, d -> new LogBuffer(clock.instant()))
            .add(accessRecord.line(bucket.ownerId(), bucket.region()));
      }
    }
  }

  private record Source(BucketInfo bucket, BucketLoggingStatus.LoggingEnabled logging) {}

  /** A bucket that wants records; empty for one that does not, or is gone. */
  private Optional<Source> source(BucketName name) {
    try {
      Optional<BucketLoggingStatus.LoggingEnabled> logging = BucketLoggingStatus.of(buckets, name);
      return logging.isEmpty()
          ? Optional.empty()
          : Optional.of(new Source(buckets.head(name), logging.get()));
    } catch (S3Exception e) {
      LOG.debug("{} has no access log", name.value(), e);
      return Optional.empty();
    } catch (IOException e) {
      LOG.error("Whether {} has an access log cannot be read", name.value(), e);
      return Optional.empty();
    }
  }

  private void deliver(boolean all) {
    Instant now = clock.instant();
    long total = buffers.values().stream().mapToLong(LogBuffer::sizeBytes).sum();
    boolean full = total > MAX_BUFFERED_BYTES;
    Iterator<Map.Entry<LogDelivery.Destination, LogBuffer>> entries = buffers.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<LogDelivery.Destination, LogBuffer> entry = entries.next();
      LogBuffer buffer = entry.getValue();
      boolean due =
          buffer.sizeBytes() >= roll.sizeBytes()
              || !now.isBefore(buffer.since().plus(roll.interval()));
      if ((all || full || due) && (delivered(entry.getKey(), buffer, now) || full)) {
        entries.remove();
      }
    }
  }

  /** Whether a buffer is done with: delivered, or given up. */
  private boolean delivered(LogDelivery.Destination destination, LogBuffer buffer, Instant now) {
    try {
      delivery.deliver(destination, buffer.bytes(), now);
      return true;
    } catch (S3Exception | IOException e) {
      int attempts = buffer.failed(now);
      boolean over = attempts >= MAX_ATTEMPTS;
      LOG.warn(
          "An access log of {} for {} was not delivered, attempt {}{}",
          destination.source().name().value(),
          destination.target().value(),
          attempts,
          over ? ": its records are dropped" : "",
          e);
      return over;
    }
  }

  /** Delivers what there is, and stops. */
  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The access logs are still being delivered; what is left is dropped");
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (enabled) {
      collect();
      deliver(true);
    }
  }
}
