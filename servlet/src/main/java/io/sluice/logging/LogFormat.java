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

  /**
   * Writes like this from now on.
   *
   * @throws IllegalStateException when another library than Logback writes the logs, in one line
   */
  public void apply() {
    if (this == TEXT) {
      return;
    }
    String factory = LoggerFactory.getILoggerFactory().getClass().getName();
    if (!factory.equals("ch.qos.logback.classic.LoggerContext")) {
      throw new IllegalStateException(
          "log.format = json: the logs are written by " + factory + "; format them there");
    }
    JsonLines.apply();
  }
}
