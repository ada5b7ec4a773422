package io.sluice.cli.operate;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import io.sluice.cli.text.Table;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code store scrubber}: what the scrubber has done. */
@CommandLine.Command(name = "scrubber", description = "Shows what the scrubber has done.")
final class StoreScrubber extends Verb {
  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode scrubbed = session.api().get(ApiPath.of("store", "scrubber"));
    if (session.json()) {
      return session.print(scrubbed);
    }
    Table table = new Table("PROPERTY", "VALUE");
    scrubbed.properties().forEach(e -> table.row(e.getKey(), e.getValue().asString()));
    table.print(session.out());
    return ExitCode.DONE;
  }
}
