package io.sluice.cli.account;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code account show}: shows an account. */
@CommandLine.Command(name = "show", description = "Shows an account.")
final class ShowAccount extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode answer = session.api().get(ApiPath.of("accounts", account));
    return session.json() ? session.print(answer) : AccountText.printAccount(session, answer);
  }
}
