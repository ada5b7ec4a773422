package io.sluice.cli.operate;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import io.sluice.cli.text.Sizes;
import io.sluice.cli.text.Table;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code quota show}: what the buckets of an account take together, and may. */
@CommandLine.Command(name = "show", description = "Shows what an account's buckets take, and may.")
final class ShowQuota extends Verb {
  @CommandLine.Parameters(paramLabel = "OWNER", description = "canonical id of the account")
  private String owner = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    return print(session, session.api().get(ApiPath.of("accounts", owner, "usage")));
  }

  static ExitCode print(Session session, JsonNode account) {
    if (session.json()) {
      return session.print(account);
    }
    JsonNode usage = account.path("usage");
    JsonNode quota = account.path("quota");
    new Table("PROPERTY", "VALUE")
        .row("owner", account.path("owner").asString())
        .row("quota.bytes", limit(quota.path("bytes"), true))
        .row("quota.objects", limit(quota.path("objects"), false))
        .row("usage.bytes", Sizes.of(usage.path("bytes").asLong()))
        .row("usage.objects", usage.path("objects").asString())
        .row("usage.parts", usage.path("parts").asString())
        .print(session.out());
    return ExitCode.DONE;
  }

  private static String limit(JsonNode limit, boolean bytes) {
    if (!limit.isNumber()) {
      return "-";
    }
    return bytes ? Sizes.of(limit.asLong()) : limit.asString();
  }
}
