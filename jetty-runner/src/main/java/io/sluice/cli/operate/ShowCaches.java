package io.sluice.cli.operate;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import io.sluice.cli.text.Sizes;
import io.sluice.cli.text.Table;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code show cache}: what caches hold, and have done. */
@CommandLine.Command(name = "cache", description = "Shows the caches of all providers.")
final class ShowCaches extends Verb {
  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode caches = session.api().get(ApiPath.of("caches"));
    if (session.json()) {
      return session.print(caches);
    }
    Table table =
        new Table(
            "PROVIDER", "USED", "LOW", "HIGH", "CAPACITY", "OBJECTS", "HITS", "MISSES", "FILLING");
    for (JsonNode cache : caches.path("caches")) {
      table.row(
          cache.path("provider").asString(),
          Sizes.of(cache.path("bytes").asLong()),
          Sizes.of(cache.path("lowWatermarkBytes").asLong()),
          Sizes.of(cache.path("highWatermarkBytes").asLong()),
          Sizes.of(cache.path("capacityBytes").asLong()),
          cache.path("objects").asString(),
          cache.path("hits").asString(),
          cache.path("misses").asString(),
          cache.path("filling").asString());
    }
    table.print(session.out());
    return ExitCode.DONE;
  }
}
