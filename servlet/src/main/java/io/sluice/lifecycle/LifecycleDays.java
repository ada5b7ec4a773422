package io.sluice.lifecycle;

import io.sluice.protocol.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the days of rules are counted: from an event, and then on to the next midnight UTC. A day may
 * be made shorter to see rules at work. Immutable.
 *
 * @param day how long a day is; above a second, it is rounded down to whole ones
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html">Lifecycle
 *     rules</a>
 */
public record LifecycleDays(Duration day) {
  /** Days as they are. */
  public static final LifecycleDays CALENDAR = new LifecycleDays(Duration.ofDays(1));

  /** Refuses less than a second. */
  public LifecycleDays {
    if (day.toSeconds() < 1) {
      throw new IllegalArgumentException("A lifecycle day lasts a second at least: " + day);
    }
  }

  /** The midnight at or after so many days behind an event. */
  Instant after(Instant event, int days) {
    long dayMillis = day.toSeconds() * 1000;
    long millis = event.toEpochMilli() + days * dayMillis;
    return Instant.ofEpochMilli(-Math.floorDiv(-millis, dayMillis) * dayMillis);
  }

  /** The same for what says days or a date; null when it says neither. */
  @Nullable Instant due(Instant event, @Nullable Integer days, @Nullable String date) {
    if (days != null) {
      return after(event, days);
    }
    return Optional.ofNullable(date).flatMap(HttpDate::parse).orElse(null);
  }
}
