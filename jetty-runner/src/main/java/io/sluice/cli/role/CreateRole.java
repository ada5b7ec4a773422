package io.sluice.cli.role;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.account.AccountText;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code role create}: makes a role, which may do nothing yet. */
@CommandLine.Command(name = "create", description = "Makes a role, which may do nothing yet.")
final class CreateRole extends Verb {
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
      description = "the policy that says who may take it on, or - for the standard input")
  private String file = "";

  @CommandLine.Option(
      names = "--path",
      paramLabel = "PATH",
      description = "begins and ends with a slash")
  private @Nullable String path;

  @Override
  protected ExitCode run(Session session) throws IOException {
    Map<String, @Nullable String> wanted = new HashMap<>();
    wanted.put("name", role);
    wanted.put("path", path);
    wanted.put("trust", AccountText.document(file));
    JsonNode answer = session.api().send("POST", ApiPath.of("accounts", account, "roles"), wanted);
    return session.json() ? session.print(answer) : RoleText.printRole(session, answer);
  }
}
