package io.sluice.cli.text;

import java.util.Locale;

/** Sizes as people read them: {@code 13B}, {@code 10.44KiB}. Stateless. */
public final class Sizes {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final double STEP = 1024;

  private Sizes() {}

  /** A size in IEC units with two decimals. */
  public static String of(long bytes) {
    if (bytes < STEP) {
      return bytes + "B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f%s", value, UNITS[unit]);
  }

  /**
   * Reads a size: a number, and a unit in any case ({@code B}, {@code K}, {@code KB}, {@code KiB}).
   *
   * @throws IllegalArgumentException for anything else
   */
  public static long parse(String text) {
    java.util.regex.Matcher matcher =
        java.util.regex.Pattern.compile("([0-9]{1,18})([KMGTP]?)(I?B)?", 2).matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text + " is no size");
    }
    String unit = matcher.group(2).toUpperCase(Locale.ROOT);
    int power = unit.isEmpty() ? 0 : "KMGTP".indexOf(unit) + 1;
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
  }
}
