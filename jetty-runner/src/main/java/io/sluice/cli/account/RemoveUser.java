package io.sluice.cli.account;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code user rm}: removes a user with their keys and policies. */
@CommandLine.Command(name = "rm", description = "Removes a user with their keys and policies.")
final class RemoveUser extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @CommandLine.Parameters(index = "1", paramLabel = "USER", description = "name of the user")
  private String user = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode answer =
        session.api().send("DELETE", ApiPath.of("accounts", account, "users", user), null);
    return AccountText.done(session, answer, "User " + user + " removed.");
  }
}
