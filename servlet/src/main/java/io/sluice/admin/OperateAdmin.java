package io.sluice.admin;

import io.sluice.config.Setting;
import io.sluice.error.S3ErrorCode;
import io.sluice.logging.LogLevels;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The settings in force, and what is logged. Thread-safe. */
final class OperateAdmin {
  private static final Pattern LOGGER = Pattern.compile("[A-Za-z0-9_$][A-Za-z0-9_$.-]{0,199}");

  private final List<Setting> settings;
  private final LogLevels logs;
  private final JsonMapper json;

  OperateAdmin(List<Setting> settings, LogLevels logs, JsonMapper json) {
    this.settings = settings;
    this.logs = logs;
    this.json = json;
  }

  /** Every setting; secrets are hidden. */
  record ConfigView(List<Setting> settings) {}

  /** The loggers that were told a level. */
  record LogsView(List<LogLevels.LoggerLevel> loggers) {}

  /**
   * What a logger shall write.
   *
   * @param level null to do as the one above it does
   */
  record LevelChange(LogLevels.@Nullable Level level) {}

  List<AdminRoute> routes() {
    return List.of(
        new AdminRoute(
            "GET",
            "/config",
            "Every setting in force, and where it came from; secrets are hidden.",
            null,
            ConfigView.class,
            (request, parameters) -> new ConfigView(settings)),
        new AdminRoute(
            "GET",
            "/logs",
            "The loggers that were told a level; 501 when the container's library writes the logs.",
            null,
            LogsView.class,
            (request, parameters) -> new LogsView(logs.levels())),
        new AdminRoute(
            "GET",
            "/logs/{logger}",
            "What a logger writes.",
            null,
            LogLevels.LoggerLevel.class,
            (request, parameters) -> logs.level(checked(parameters.get(0)))),
        new AdminRoute(
            "PUT",
            "/logs/{logger}",
            "Tells a logger what to write, at once and until the gateway ends.",
            LevelChange.class,
            LogLevels.LoggerLevel.class,
            (request, parameters) ->
                change(checked(parameters.get(0)), request.read(json, LevelChange.class))));
  }

  private LogLevels.LoggerLevel change(String logger, LevelChange change) {
    logs.set(logger, change.level());
    return logs.level(logger);
  }

  /** Loggers are never forgotten, so that their names are kept short and plain. */
  private static String checked(String logger) {
    if (!LOGGER.matcher(logger).matches()) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("That is no name of a logger.")
          .with("ArgumentName", "logger");
    }
    return logger;
  }
}
