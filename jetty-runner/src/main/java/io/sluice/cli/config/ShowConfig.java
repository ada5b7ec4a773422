package io.sluice.cli.config;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import io.sluice.cli.text.Table;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code show config}: the settings that the gateway was started with. */
@CommandLine.Command(
    name = "config",
    description = {
      "Shows the settings that the gateway was started with, and where each came from.",
      "What changes while it runs is shown by: config cluster, config log"
    })
final class ShowConfig extends Verb {
  @CommandLine.Parameters(
      arity = "0..1",
      paramLabel = "PREFIX",
      description = "only settings that begin so, such as store")
  private @Nullable String prefix;

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode config = session.api().get(ApiPath.of("config"));
    if (session.json()) {
      return session.print(config);
    }
    Table table = new Table("PROPERTY", "VALUE", "SOURCE");
    for (JsonNode setting : config.path("settings")) {
      String name = setting.path("name").asString();
      if (prefix == null || name.startsWith(prefix)) {
        String place = setting.path("place").asString();
        table.row(
            name,
            setting.path("value").asString(),
            place.isEmpty() ? setting.path("source").asString() : place);
      }
    }
    table.print(session.out());
    return ExitCode.DONE;
  }
}
