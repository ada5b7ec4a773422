package io.sluice.logging;

import io.sluice.error.S3ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The levels of loggers, which may be changed while the gateway runs; a change ends with the
 * process. Thread-safe.
 */
public sealed interface LogLevels permits LogbackLevels, LogLevels.Foreign {
  /** The logger of administrative acts, which nobody silences. */
  String AUDIT = "sluice.audit";

  /** What a logger writes. */
  enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    OFF
  }

  /**
   * A logger.
   *
   * @param name its name; {@code ROOT} for the one above all
   * @param level what it was told to write; null when it does as the one above it
   * @param effective what it writes
   */
  record LoggerLevel(String name, @Nullable Level level, Level effective) {}

  /** Those of the library that is bound to SLF4J. */
  static LogLevels bound() {
    Object factory = LoggerFactory.getILoggerFactory();
    // By name, for Logback's classes need not be there at all.
    return factory.getClass().getName().equals("ch.qos.logback.classic.LoggerContext")
        ? new LogbackLevels()
        : new Foreign(factory.getClass().getName());
  }

  /**
   * The loggers that were told a level.
   *
   * @throws io.sluice.error.S3Exception NotImplemented when another library writes the logs
   */
  List<LoggerLevel> levels();

  /**
   * One logger, whether it has a level of its own or not.
   *
   * @throws io.sluice.error.S3Exception NotImplemented when another library writes the logs
   */
  LoggerLevel level(String name);

  /**
   * Tells a logger what to write, at once.
   *
   * @param level null to do as the one above it does
   * @throws io.sluice.error.S3Exception InvalidRequest for the audit log, and for a root without a
   *     level; NotImplemented when another library writes the logs
   */
  void set(String name, @Nullable Level level);

  /**
   * Logs that a library of the container writes: nothing is known of its levels.
   *
   * @param factory class of its factory of loggers
   */
  record Foreign(String factory) implements LogLevels {
    @Override
    public List<LoggerLevel> levels() {
      throw unknown();
    }

    @Override
    public LoggerLevel level(String name) {
      throw unknown();
    }

    @Override
    public void set(String name, @Nullable Level level) {
      throw unknown();
    }

    private RuntimeException unknown() {
      return S3ErrorCode.NOT_IMPLEMENTED.exception(
          "The logs are written by " + factory + ": set its levels where it is configured.");
    }
  }
}
