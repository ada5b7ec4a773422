package io.sluice.cli.role;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.account.AccountText;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code role set-policy}: gives a role a policy, instead of one of the same name. */
@CommandLine.Command(
    name = "set-policy",
    description = "Gives a role a policy, instead of one of the same name.")
final class SetRolePolicy extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @CommandLine.Parameters(index = "1", paramLabel = "ROLE", description = "name of the role")
  private String role = "";

  @CommandLine.Parameters(index = "2", paramLabel = "POLICY", description = "name of the policy")
  private String policy = "";

  @CommandLine.Parameters(
      index = "3",
      paramLabel = "FILE",
      description = "the policy in JSON, or - for the standard input")
  private String file = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode answer =
        session
            .api()
            .sendJson(
                "PUT",
                ApiPath.of("accounts", account, "roles", role, "policies", policy),
                AccountText.document(file).getBytes(StandardCharsets.UTF_8));
    return AccountText.done(
        session, answer, "Policy " + policy + " of role " + role + " successfully updated.");
  }
}
