package io.sluice.cli.account;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code account create}: makes an account; it has no keys yet. */
@CommandLine.Command(name = "create", description = "Makes an account; it has no keys yet.")
final class CreateAccount extends Verb {
  @CommandLine.Parameters(index = "0", paramLabel = "NAME", description = "display name")
  private String name = "";

  @CommandLine.Option(
      names = "--id",
      paramLabel = "DIGITS",
      description = "12 digits; any by default")
  private @Nullable String id;

  @CommandLine.Option(
      names = "--email",
      paramLabel = "ADDRESS",
      description = "by which grants may name it")
  private @Nullable String email;

  @CommandLine.Option(names = "--admin", description = "make it an administrator")
  private boolean admin;

  @Override
  protected ExitCode run(Session session) throws IOException {
    Map<String, @Nullable String> wanted = new HashMap<>();
    wanted.put("displayName", name);
    wanted.put("id", id);
    wanted.put("email", email);
    wanted.put("role", admin ? "admin" : "user");
    JsonNode answer = session.api().send("POST", ApiPath.of("accounts"), wanted);
    return session.json() ? session.print(answer) : AccountText.printAccount(session, answer);
  }
}
