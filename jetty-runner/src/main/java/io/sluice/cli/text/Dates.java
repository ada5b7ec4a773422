package io.sluice.cli.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as people read them: {@code 08 Dec 20 11:25 PST}. Stateless. */
public final class Dates {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("dd MMM yy HH:mm zzz", Locale.ENGLISH);

  private Dates() {}

  /** A time of the interface (ISO 8601) in this machine's zone; empty for none. */
  public static String of(@Nullable String instant) {
    return instant == null || instant.isEmpty()
        ? ""
        : FORM.format(Instant.parse(instant).atZone(ZoneId.systemDefault()));
  }
}
