package io.sluice.cli.operate;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import io.sluice.cli.text.Sizes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code quota set}: what the buckets of an account may take together. */
@CommandLine.Command(
    name = "set",
    description =
        "Sets what an account's buckets may take together; what is not named is unlimited.")
final class SetQuota extends Verb {
  @CommandLine.Parameters(paramLabel = "OWNER", description = "canonical id of the account")
  private String owner = "";

  @CommandLine.Option(names = "--bytes", paramLabel = "SIZE", description = "such as 10GiB")
  private @Nullable String bytes;

  @CommandLine.Option(names = "--objects", paramLabel = "N", description = "how many versions")
  private @Nullable Long objects;

  @Override
  protected ExitCode run(Session session) throws IOException {
    Map<String, Long> quota = new HashMap<>();
    if (bytes != null) {
      quota.put("bytes", Sizes.parse(bytes));
    }
    if (objects != null) {
      quota.put("objects", objects);
    }
    return ShowQuota.print(
        session, session.api().send("PUT", ApiPath.of("accounts", owner, "quota"), quota));
  }
}
