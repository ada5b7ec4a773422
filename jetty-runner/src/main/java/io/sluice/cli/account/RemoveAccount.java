package io.sluice.cli.account;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code account rm}: removes an account that has no buckets, with its users and keys. */
@CommandLine.Command(
    name = "rm",
    description = "Removes an account that has no buckets, with its users and keys.")
final class RemoveAccount extends Verb {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "its 12 digits, or its canonical id")
  private String account = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode answer = session.api().send("DELETE", ApiPath.of("accounts", account), null);
    return AccountText.done(session, answer, "Account " + account + " removed.");
  }
}
