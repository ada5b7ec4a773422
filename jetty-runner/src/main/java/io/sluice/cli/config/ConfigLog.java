package io.sluice.cli.config;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import io.sluice.cli.text.Table;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code config log}: what the gateway's loggers write. */
@CommandLine.Command(
    name = "log",
    description = {
      "Shows or sets what the gateway's loggers write, at once and until it ends:",
      "config log [LOGGER [LEVEL]]",
      "LEVEL is trace, debug, info, warn, error, off, or inherit to do as the logger above it."
    })
final class ConfigLog extends Verb {
  private static final String INHERIT = "inherit";

  @CommandLine.Parameters(index = "0", arity = "0..1", paramLabel = "LOGGER", description = "which")
  private @Nullable String logger;

  @CommandLine.Parameters(index = "1", arity = "0..1", paramLabel = "LEVEL", description = "what")
  private @Nullable String level;

  @Override
  protected ExitCode run(Session session) throws IOException {
    if (logger == null) {
      JsonNode logs = session.api().get(ApiPath.of("logs"));
      return session.json() ? session.print(logs) : show(session, logs.path("loggers"));
    }
    ApiPath path = ApiPath.of("logs", logger);
    JsonNode answer =
        level == null
            ? session.api().get(path)
            : session.api().send("PUT", path, change(level.toUpperCase(Locale.ROOT)));
    return session.json()
        ? session.print(answer)
        : show(session, Collections.singletonList(answer));
  }

  private static Map<String, String> change(String level) {
    return level.equalsIgnoreCase(INHERIT) ? Map.of() : Map.of("level", level);
  }

  private static ExitCode show(Session session, Iterable<JsonNode> loggers) {
    Table table = new Table("LOGGER", "LEVEL", "EFFECTIVE");
    for (JsonNode logger : loggers) {
      table.row(
          logger.path("name").asString(),
          logger.path("level").asString(INHERIT).toLowerCase(Locale.ROOT),
          logger.path("effective").asString().toLowerCase(Locale.ROOT));
    }
    table.print(session.out());
    return ExitCode.DONE;
  }
}
