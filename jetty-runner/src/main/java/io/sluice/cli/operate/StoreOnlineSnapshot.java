package io.sluice.cli.operate;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine;

/** {@code store online-snapshot}: has a gateway copy its store while it is used. */
@CommandLine.Command(
    name = "online-snapshot",
    description = "Has the gateway copy its store while it is used, and waits for the end.")
final class StoreOnlineSnapshot extends Verb {
  @CommandLine.Parameters(
      paramLabel = "DIR",
      description = "an absolute path on the gateway's machine that does not exist")
  private String directory = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    return JobText.follow(
        session,
        session
            .api()
            .send("POST", ApiPath.of("store", "snapshot"), Map.of("directory", directory)));
  }
}
