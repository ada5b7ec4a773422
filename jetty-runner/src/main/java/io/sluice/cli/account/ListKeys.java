package io.sluice.cli.account;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code key ls}: lists the keys of an account and its users. */
@CommandLine.Command(name = "ls", description = "Lists the keys of an account and its users.")
final class ListKeys extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode answer = session.api().get(ApiPath.of("accounts", account, "keys"));
    return session.json() ? session.print(answer) : AccountText.printKeys(session, answer);
  }
}
