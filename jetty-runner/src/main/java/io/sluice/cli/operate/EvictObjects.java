package io.sluice.cli.operate;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code evict}: objects of another S3 leave the cache, and stay where they live. */
@CommandLine.Command(
    name = "evict",
    description = "Lets objects leave the cache; the S3 that keeps them is not asked.")
final class EvictObjects extends Verb {
  @CommandLine.Parameters(
      paramLabel = "BUCKET[/OBJECT]",
      description = "such as aws://media; all that is here of it without an option")
  private String name = "";

  @CommandLine.Mixin private ChosenObjects chosen = new ChosenObjects();

  @Override
  protected ExitCode run(Session session) throws IOException {
    BucketUri uri = BucketUri.parse(name);
    Map<String, Object> body = chosen.body(uri);
    session.check(uri);
    JsonNode job = session.api().send("POST", ApiPath.of("buckets", uri.bucket(), "evict"), body);
    ExitCode code = JobText.follow(session, job);
    if (code == ExitCode.DONE && body.isEmpty() && !session.json()) {
      session.out().println("Evicted bucket " + uri.bucketName("s3") + " from sluice");
    }
    return code;
  }
}
