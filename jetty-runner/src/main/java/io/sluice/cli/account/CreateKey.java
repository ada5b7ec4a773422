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

/** {@code key create}: makes a key, and shows its secret this once. */
@CommandLine.Command(name = "create", description = "Makes a key, and shows its secret this once.")
final class CreateKey extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @CommandLine.Option(
      names = "--user",
      paramLabel = "USER",
      description = "whose; the account's own by default")
  private @Nullable String user;

  @Override
  protected ExitCode run(Session session) throws IOException {
    Map<String, @Nullable String> wanted = new HashMap<>();
    wanted.put("user", user);
    JsonNode answer = session.api().send("POST", ApiPath.of("accounts", account, "keys"), wanted);
    return session.json() ? session.print(answer) : AccountText.printKey(session, answer);
  }
}
