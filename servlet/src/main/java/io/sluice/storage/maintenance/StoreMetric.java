package io.sluice.storage.maintenance;

import java.util.function.DoubleSupplier;

/**
 * A number that a back end tells about itself. Immutable; reading it is cheap and thread-safe.
 *
 * @param name words parted by dots, in lower case, without a unit
 * @param unit base unit, such as {@code bytes} or {@code seconds}; empty for a count
 * @param help what it is, in a sentence
 * @param kind whether it only grows
 * @param value reads it
 */
public record StoreMetric(String name, String unit, String help, Kind kind, DoubleSupplier value) {
  /** How a number moves. */
  public enum Kind {
    /** Only up, from 0 at the opening. */
    COUNTER,
    /** Up and down. */
    GAUGE
  }

  /** Something that is counted. */
  public static StoreMetric counter(String name, String unit, String help, DoubleSupplier value) {
    return new StoreMetric(name, unit, help, Kind.COUNTER, value);
  }

  /** Something that goes up and down. */
  public static StoreMetric gauge(String name, String unit, String help, DoubleSupplier value) {
    return new StoreMetric(name, unit, help, Kind.GAUGE, value);
  }
}
