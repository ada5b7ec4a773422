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

/** {@code user create}: makes a user, who may do nothing yet. */
@CommandLine.Command(name = "create", description = "Makes a user, who may do nothing yet.")
final class CreateUser extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @CommandLine.Parameters(index = "1", paramLabel = "USER", description = "name of the user")
  private String user = "";

  @CommandLine.Option(
      names = "--path",
      paramLabel = "PATH",
      description = "begins and ends with a slash")
  private @Nullable String path;

  @Override
  protected ExitCode run(Session session) throws IOException {
    Map<String, @Nullable String> wanted = new HashMap<>();
    wanted.put("name", user);
    wanted.put("path", path);
    JsonNode answer = session.api().send("POST", ApiPath.of("accounts", account, "users"), wanted);
    return session.json() ? session.print(answer) : AccountText.printUser(session, answer);
  }
}
