package io.sluice.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.storage.maintenance.StoreMetric;
import java.io.Closeable;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * All meters of the gateway: their names are in this file and in what the back end tells of itself.
 * No meter has a label whose values clients choose. Thread-safe.
 */
public final class GatewayMetrics implements Closeable {
  private static final double NANOS_PER_SECOND = 1e9;

  /** From a small read of a warm object to an upload of gigabytes. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(3),
    Duration.ofMillis(10),
    Duration.ofMillis(30),
    Duration.ofMillis(100),
    Duration.ofMillis(300),
    Duration.ofSeconds(1),
    Duration.ofSeconds(3),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** Counters hold what they read weakly, and stand still when it is gone. */
  private final List<StoreMetric> read = new CopyOnWriteArrayList<>();

  private final Map<Outcome, Timer> requests = new ConcurrentHashMap<>();
  private final Map<Failure, Counter> failures = new ConcurrentHashMap<>();
  private final LongAdder active = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder sent = new LongAdder();

  private record Outcome(String operation, String statusClass) {}

  private record Failure(String operation, String code) {}

  /**
   * A request that ended.
   *
   * @param operation wire name of the operation; a hyphen when it had none
   * @param status the HTTP status
   * @param errorCode S3's error code; empty for none
   * @param nanos how long it took
   */
  public record Ended(String operation, int status, String errorCode, long nanos) {}

  /** Meters of a gateway over a back end. */
  public GatewayMetrics(Collection<StoreMetric> store) {
    // Before any meter, since it is asked when one is made.
    registry.config().meterFilter(linted());
    Gauge.builder("sluice.requests.active", active, LongAdder::sum)
        .description("Requests that are being served.")
        .register(registry);
    FunctionCounter.builder("sluice.received", received, LongAdder::sum)
        .baseUnit("bytes")
        .description("Bytes of bodies that clients sent.")
        .register(registry);
    FunctionCounter.builder("sluice.sent", sent, LongAdder::sum)
        .baseUnit("bytes")
        .description("Bytes of bodies that clients were sent.")
        .register(registry);
    store.forEach(this::register);
    bindMachine();
  }

  /** Names and units of Micrometer's own meters, where Prometheus's linter objects to them. */
  private static MeterFilter linted() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        // A name that ends with "count" is a histogram's.
        return id.getName().equals("system.cpu.count") ? id.withName("system.cpus") : id;
      }

      @Override
      public MeterFilterReply accept(Meter.Id id) {
        // In nanoseconds; ours is in seconds.
        return id.getName().equals("process.cpu.time")
            ? MeterFilterReply.DENY
            : MeterFilterReply.NEUTRAL;
      }
    };
  }

  private void bindMachine() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      FunctionCounter.builder(
              "process.cpu", system, bean -> bean.getProcessCpuTime() / NANOS_PER_SECOND)
          .baseUnit("seconds")
          .description("Processor time that the process took.")
          .register(registry);
    }
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** Registers a number that a part of the gateway tells of itself. */
  public void register(StoreMetric metric) {
    read.add(metric);
    String name = "sluice." + metric.name();
    String unit = metric.unit().isEmpty() ? null : metric.unit();
    MeterRegistry target = registry;
    if (metric.kind() == StoreMetric.Kind.COUNTER) {
      FunctionCounter.builder(name, metric, told -> told.value().getAsDouble())
          .baseUnit(unit)
          .description(metric.help())
          .register(target);
    } else {
      Gauge.builder(name, metric, told -> told.value().getAsDouble())
          .baseUnit(unit)
          .description(metric.help())
          .strongReference(true)
          .register(target);
    }
  }

  /**
   * Tells how many clients are connected, where somebody knows: containers keep it to themselves.
   */
  public void connections(IntSupplier open) {
    Gauge.builder("sluice.connections", open, IntSupplier::getAsInt)
        .description("Connections of clients that are open.")
        .strongReference(true)
        .register(registry);
  }

  /** A request began. */
  public void begun() {
    active.increment();
  }

  /** A request that began ended. */
  public void ended(Ended request) {
    active.decrement();
    requests
        .computeIfAbsent(
            new Outcome(request.operation(), request.status() / 100 + "xx"), this::timer)
        .record(Duration.ofNanos(request.nanos()));
    if (!request.errorCode().isEmpty()) {
      failures
          .computeIfAbsent(new Failure(request.operation(), request.errorCode()), this::counter)
          .increment();
    }
  }

  /** Bytes of a body came in. */
  public void received(long bytes) {
    received.add(bytes);
  }

  /** Bytes of a body went out. */
  public void sent(long bytes) {
    sent.add(bytes);
  }

  private Timer timer(Outcome outcome) {
    return Timer.builder("sluice.requests")
        .description("Requests, from their first byte to the last one handed to the container.")
        .tag("operation", outcome.operation())
        .tag("status", outcome.statusClass())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Counter counter(Failure failure) {
    return Counter.builder("sluice.errors")
        .description("Requests that were answered with an error, by S3's code.")
        .tag("operation", failure.operation())
        .tag("code", failure.code())
        .register(registry);
  }

  /** Everything in Prometheus's text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
