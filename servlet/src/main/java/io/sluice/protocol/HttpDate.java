package io.sluice.protocol;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Dates as they travel: RFC 9110's in headers, ISO 8601 with milliseconds in documents. Stateless,
 * thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110, 5.6.7</a>
 */
public final class HttpDate {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ISO_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  /** A second, and how a header has it. */
  private record Known(long second, String text) {}

  private static final int KNOWN = 256;

  /** Many objects are read again, and many were written at a time: what was formatted last. */
  private static final AtomicReferenceArray<Known> LAST = new AtomicReferenceArray<>(KNOWN);

  /** A header's value. */
  public static String format(Instant instant) {
    long second = instant.getEpochSecond();
    int place = Math.floorMod(second, KNOWN);
    Known known = LAST.getPlain(place);
    if (known == null || known.second() != second) {
      known = new Known(second, IMF_FIXDATE.format(instant));
      LAST.setRelease(place, known);
    }
    return known.text();
  }

  /** A document's value. */
  public static String iso(Instant instant) {
    return ISO_MILLIS.format(instant);
  }

  /** Parses RFC 1123, ISO 8601 or seconds since the epoch; empty for anything else. */
  public static Optional<Instant> parse(String text) {
    String date = text.strip();
    try {
      if (date.matches("[0-9]{1,12}")) {
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(date)));
      }
      if (!date.isEmpty() && Character.isDigit(date.charAt(0))) {
        return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(date, Instant::from));
      }
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
