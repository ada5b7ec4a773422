package io.sluice.cli.role;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code role show-policy}: shows a policy of a role. */
@CommandLine.Command(name = "show-policy", description = "Shows a policy of a role.")
final class ShowRolePolicy extends Verb {
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
        session.api().get(ApiPath.of("accounts", account, "roles", role, "policies", policy));
    return session.print(session.json() ? answer : answer.path("policy"));
  }
}
