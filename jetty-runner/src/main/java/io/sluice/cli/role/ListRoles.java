package io.sluice.cli.role;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code role ls}: lists the roles of an account. */
@CommandLine.Command(name = "ls", description = "Lists the roles of an account.")
final class ListRoles extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode answer = session.api().get(ApiPath.of("accounts", account, "roles"));
    return session.json() ? session.print(answer) : RoleText.printRoles(session, answer);
  }
}
