package io.sluice.logging;

import java.util.Locale;
import org.slf4j.LoggerFactory;

/** How a line of the log is written. */
public enum LogFormat {
  /** As the configuration of Logback says: one line of text by default. */
  TEXT,
  /** One object of JSON a line. */
  JSON;

  /** The format by its name in the settings. */
  public static LogFormat of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Writes the lines that wait for others, at the end. */
  public static void flush() {
    if (isLogback()) {
      BatchedConsole.flushAll(
          (ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory());
    }
  }

  private static boolean isLogback() {
    // By name, for Logback's classes need not be there at all.
    return factory().equals("ch.qos.logback.classic.LoggerContext");
  }

  private static String factory() {
    return LoggerFactory.getILoggerFactory().getClass().getName();
  }

  /**
   * Writes like this from now on.
   *
   * @throws IllegalStateException when another library than Logback writes the logs, in one line
   */
  public void apply() {
    if (this == TEXT) {
      return;
    }
    if (!isLogback()) {
      throw new IllegalStateException(
          "log.format = json: the logs are written by " + factory() + "; format them there");
    }
    JsonLines.apply();
  }
}
