package io.sluice.cli.role;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.account.AccountText;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code role rm}: removes a role with its policies; its sessions end. */
@CommandLine.Command(
    name = "rm",
    description = "Removes a role with its policies; its sessions end.")
final class RemoveRole extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @CommandLine.Parameters(index = "1", paramLabel = "ROLE", description = "name of the role")
  private String role = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode answer =
        session.api().send("DELETE", ApiPath.of("accounts", account, "roles", role), null);
    return AccountText.done(session, answer, "Role " + role + " removed.");
  }
}
