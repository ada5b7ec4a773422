package io.sluice.cli.account;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code account ls}: lists all accounts. */
@CommandLine.Command(name = "ls", description = "Lists all accounts.")
final class ListAccounts extends Verb {

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode answer = session.api().get(ApiPath.of("accounts"));
    return session.json() ? session.print(answer) : AccountText.printAccounts(session, answer);
  }
}
