package io.sluice.config;

import java.util.Locale;

/**
 * A setting as it is in force, and where it came from. Immutable; the value of a secret is not in
 * it.
 *
 * @param name its name in the properties file
 * @param value its value; {@code (hidden)} for a secret that is set
 * @param source which kind of place set it
 * @param place the file, the variable or the command line; empty for a default
 */
public record Setting(String name, String value, Source source, String place) {
  private static final String HIDDEN = "(hidden)";

  /** What may set a setting; the later wins. */
  public enum Source {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    COMMAND_LINE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Where a value came from. */
  record Origin(Source source, String place) {
    static final Origin DEFAULT = new Origin(Source.DEFAULT, "");

    @Override
    public String toString() {
      return source == Source.ENVIRONMENT ? "environment variable " + place : place;
    }
  }

  /** A value and where it came from, before anybody sees it. */
  record Given(String value, Origin origin) {
    Setting shown(String name, boolean secret) {
      String text = secret && !value.isEmpty() ? HIDDEN : value;
      return new Setting(name, text, origin.source(), origin.place());
    }
  }
}
