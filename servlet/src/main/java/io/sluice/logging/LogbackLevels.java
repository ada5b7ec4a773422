package io.sluice.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.sluice.error.S3ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Levels of Logback, which is in the runner and in the WAR. Thread-safe. */
final class LogbackLevels implements LogLevels {
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  @Override
  public List<LoggerLevel> levels() {
    return context.getLoggerList().stream()
        .filter(logger -> logger.getLevel() != null)
        .map(LogbackLevels::view)
        .toList();
  }

  @Override
  public LoggerLevel level(String name) {
    Logger known = context.exists(name);
    if (known != null) {
      return view(known);
    }
    // Asking for a logger makes one for ever, so the one that it would take its level from answers.
    return new LoggerLevel(name, null, nearest(name).effective());
  }

  private LoggerLevel nearest(String name) {
    String above = name;
    while (above.contains(".")) {
      above = above.substring(0, above.lastIndexOf('.'));
      Logger logger = context.exists(above);
      if (logger != null) {
        return view(logger);
      }
    }
    return view(context.getLogger(Logger.ROOT_LOGGER_NAME));
  }

  @Override
  public void set(String name, @Nullable Level level) {
    if (name.equals(AUDIT)) {
      throw S3ErrorCode.INVALID_REQUEST.exception("The audit log is not silenced.");
    }
    boolean root = name.equalsIgnoreCase(Logger.ROOT_LOGGER_NAME);
    if (root && level == null) {
      throw S3ErrorCode.INVALID_REQUEST.exception("There is no logger above the root.");
    }
    // Not by way of a logger above it, either.
    context.getLogger(AUDIT).setLevel(ch.qos.logback.classic.Level.INFO);
    context
        .getLogger(name)
        .setLevel(level == null ? null : ch.qos.logback.classic.Level.valueOf(level.name()));
  }

  private static LoggerLevel view(Logger logger) {
    ch.qos.logback.classic.Level own = logger.getLevel();
    return new LoggerLevel(
        logger.getName(), own == null ? null : of(own), of(logger.getEffectiveLevel()));
  }

  private static Level of(ch.qos.logback.classic.Level level) {
    return level.levelInt == ch.qos.logback.classic.Level.ALL_INT
        ? Level.TRACE
        : Level.valueOf(level.levelStr);
  }
}
