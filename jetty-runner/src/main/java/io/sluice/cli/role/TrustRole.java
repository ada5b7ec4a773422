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

/** {@code role trust}: says anew who may take a role on. */
@CommandLine.Command(name = "trust", description = "Says anew who may take a role on.")
final class TrustRole extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @CommandLine.Parameters(index = "1", paramLabel = "ROLE", description = "name of the role")
  private String role = "";

  @CommandLine.Parameters(
      index = "2",
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
                ApiPath.of("accounts", account, "roles", role, "trust"),
                AccountText.document(file).getBytes(StandardCharsets.UTF_8));
    return AccountText.done(session, answer, "Trust of role " + role + " successfully updated.");
  }
}
