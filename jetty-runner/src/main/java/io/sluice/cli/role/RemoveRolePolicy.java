package io.sluice.cli.role;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.account.AccountText;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code role rm-policy}: takes a policy away from a role. */
@CommandLine.Command(name = "rm-policy", description = "Takes a policy away from a role.")
final class RemoveRolePolicy extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @CommandLine.Parameters(index = "1", paramLabel = "ROLE", description = "name of the role")
  private String role = "";

  @CommandLine.Parameters(index = "2", paramLabel = "POLICY", description = "name of the policy")
  private String policy = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode answer =
        session
            .api()
            .send(
                "DELETE", ApiPath.of("accounts", account, "roles", role, "policies", policy), null);
    return AccountText.done(session, answer, "Policy " + policy + " of role " + role + " removed.");
  }
}
