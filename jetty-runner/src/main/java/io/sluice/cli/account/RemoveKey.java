package io.sluice.cli.account;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code key rm}: removes a key. */
@CommandLine.Command(name = "rm", description = "Removes a key.")
final class RemoveKey extends Verb {
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
        session.api().send("DELETE", ApiPath.of("accounts", account, "keys", key), null);
    return AccountText.done(session, answer, "Key " + key + " removed.");
  }
}
