package io.sluice.storage.local.care;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;

/**
 * How stored bytes are verified in the background. Immutable.
 *
 * @param bytesPerSecond the most that is read; 0 when nothing is to be
 * @param interval from the beginning of a pass to the beginning of the next
 */
public record ScrubSettings(long bytesPerSecond, Duration interval) {
  private static final String DEFAULT_RATE = Long.toString(8L << 20);
  private static final String DEFAULT_INTERVAL = "P7D";

  /**
   * Takes {@code scrub-rate} and {@code scrub-interval} out of settings.
   *
   * @throws IllegalArgumentException for a bad value
   */
  public static ScrubSettings take(Map<String, String> settings) {
    String rate = settings.getOrDefault("scrub-rate", DEFAULT_RATE);
    String interval = settings.getOrDefault("scrub-interval", DEFAULT_INTERVAL);
    settings.remove("scrub-rate");
    settings.remove("scrub-interval");
    if (!rate.matches("\\d{1,18}")) {
      throw new IllegalArgumentException("scrub-rate is a number of bytes, not \"" + rate + "\".");
    }
    try {
      Duration parsed = Duration.parse(interval);
      if (parsed.isNegative()) {
        throw new IllegalArgumentException("scrub-interval is below zero.");
      }
      return new ScrubSettings(Long.parseLong(rate), parsed);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "scrub-interval is a time such as P7D, not \"" + interval + "\".", e);
    }
  }
}
