package io.sluice.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is told about every request that ended: where metrics plug in. Thread-safe; must not throw. */
@FunctionalInterface
public interface RequestObserver {
  /** Observes nothing. */
  RequestObserver NONE = observation -> {};

  /** A request that ended. */
  void observe(Observation observation);

  /**
   * A request that ended.
   *
   * @param operation wire name of the operation; a hyphen when it had none
   * @param status the HTTP status
   * @param errorCode the S3 error code, or null
   * @param duration from the first filter to the last byte handed to the container
   */
  record Observation(String operation, int status, @Nullable String errorCode, Duration duration) {}
}
