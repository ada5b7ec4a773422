package io.sluice.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written as {@code 64MiB}, {@code 10kB} or plain digits. Immutable. */
public record DataSize(long bytes) {
  private static final Pattern GRAMMAR = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)(i?)(b?)");

  /**
   * Parses.
   *
   * @throws IllegalArgumentException when it is not a size, or does not fit a long
   */
  public static DataSize parse(String text) {
    Matcher matcher = GRAMMAR.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches() || (matcher.group(2).isEmpty() && !matcher.group(3).isEmpty())) {
      throw new IllegalArgumentException("not a size such as 64MiB or 10kB");
    }
    long unit = matcher.group(3).isEmpty() ? 1000 : 1024;
    long size = Long.parseLong(matcher.group(1));
    try {
      for (int i = " kmgt".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
          i > 0;
          i--) {
        size = Math.multiplyExact(size, unit);
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too large", e);
    }
    return new DataSize(size);
  }

  /** The size as an int, for buffers. */
  public int intBytes() {
    return Math.toIntExact(bytes);
  }
}
