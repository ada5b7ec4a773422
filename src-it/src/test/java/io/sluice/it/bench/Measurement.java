package io.sluice.it.bench;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run told.
 *
 * @param requests how many were answered
 * @param nanos how long it took
 * @param cpuNanos what the server spent
 * @param medianNanos time of a request
 */
record Measurement(int requests, long nanos, long cpuNanos, long medianNanos) {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Requests in a second. */
  double perSecond() {
    return requests * NANOS_PER_SECOND / nanos;
  }

  /** Processor time of the server for a request, microseconds. */
  double cpuMicros() {
    return cpuNanos / NANOS_PER_MICRO / requests;
  }

  /** Time of a request, milliseconds. */
  double medianMillis() {
    return medianNanos / NANOS_PER_MILLI;
  }

  /** The run in the middle of several, by processor time. */
  static Measurement median(List<Measurement> runs) {
    ToDoubleFunction<Measurement> cost = Measurement::cpuMicros;
    return runs.stream().sorted(Comparator.comparingDouble(cost)).toList().get(runs.size() / 2);
  }
}
