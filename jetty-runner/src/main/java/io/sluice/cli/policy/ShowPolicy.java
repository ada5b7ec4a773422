package io.sluice.cli.policy;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code policy show}: the policy of a bucket. */
@CommandLine.Command(name = "show", description = "Shows the policy of a bucket.")
final class ShowPolicy extends Verb {
  @CommandLine.Parameters(paramLabel = "BUCKET", description = "such as ais://photos")
  private String name = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    BucketUri uri = BucketUri.bucket(name);
    session.check(uri);
    JsonNode policy = session.api().get(ApiPath.of("buckets", uri.bucket(), "policy"));
    return session.print(session.json() ? policy : policy.path("policy"));
  }
}
