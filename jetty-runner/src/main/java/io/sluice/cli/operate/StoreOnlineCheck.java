package io.sluice.cli.operate;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine;

/** {@code store online-check}: has a gateway check its store while it is used. */
@CommandLine.Command(
    name = "online-check",
    description = "Has the gateway check its store while it is used, and waits for the end.")
final class StoreOnlineCheck extends Verb {
  @CommandLine.Option(
      names = "--repair-orphans",
      description = "delete files that nothing refers to")
  private boolean repairOrphans;

  @Override
  protected ExitCode run(Session session) throws IOException {
    return JobText.follow(
        session,
        session
            .api()
            .send("POST", ApiPath.of("store", "check"), Map.of("repairOrphans", repairOrphans)));
  }
}
