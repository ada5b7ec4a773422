package io.sluice.cli.account;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code user show}: shows a user. */
@CommandLine.Command(name = "show", description = "Shows a user.")
final class ShowUser extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @CommandLine.Parameters(index = "1", paramLabel = "USER", description = "name of the user")
  private String user = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode answer = session.api().get(ApiPath.of("accounts", account, "users", user));
    return session.json() ? session.print(answer) : AccountText.printUser(session, answer);
  }
}
