package io.sluice.cli.operate;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code prefetch}: reads objects of another S3 into the cache. */
@CommandLine.Command(
    name = "prefetch",
    description = "Has objects read into the cache, as a job; with --wait, until it has ended.")
final class PrefetchObjects extends Verb {
  @CommandLine.Parameters(
      paramLabel = "BUCKET[/OBJECT]",
      description = "such as aws://media; all of it without an option")
  private String name = "";

  @CommandLine.Mixin private ChosenObjects chosen = new ChosenObjects();

  @CommandLine.Option(
      names = "--latest",
      description = "read again what is here and has changed where it lives")
  private boolean latest;

  @CommandLine.Option(
      names = "--num-workers",
      paramLabel = "N",
      description = "how many are read at a time, from 1 to 32; 4 without")
  private @Nullable Integer workers;

  @CommandLine.Option(names = "--wait", description = "wait for its end")
  private boolean wait;

  @Override
  protected ExitCode run(Session session) throws IOException {
    BucketUri uri = BucketUri.parse(name);
    Map<String, Object> body = chosen.body(uri);
    body.put("latest", latest);
    if (workers != null) {
      body.put("workers", workers);
    }
    session.check(uri);
    JsonNode job =
        session.api().send("POST", ApiPath.of("buckets", uri.bucket(), "prefetch"), body);
    if (!session.json()) {
      String id = job.path("id").asString();
      session
          .out()
          .println(
              "prefetch-objects["
                  + id
                  + "]: prefetch "
                  + uri.bucketName("s3")
                  + ". To monitor the progress, run 'sluice show job "
                  + id
                  + "'");
    }
    if (wait) {
      return JobText.follow(session, job);
    }
    return session.json() ? session.print(job) : ExitCode.DONE;
  }
}
