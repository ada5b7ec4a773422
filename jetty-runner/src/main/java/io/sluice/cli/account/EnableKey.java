package io.sluice.cli.account;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code key enable}: lets a key open again what it did. */
@CommandLine.Command(name = "enable", description = "Lets a key open again what it did.")
final class EnableKey extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @CommandLine.Parameters(index = "1", paramLabel = "KEY", description = "id of the key")
  private String key = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode answer =
        session
            .api()
            .send(
                "PATCH", ApiPath.of("accounts", account, "keys", key), Map.of("status", "active"));
    return session.json() ? session.print(answer) : AccountText.printKey(session, answer);
  }
}
