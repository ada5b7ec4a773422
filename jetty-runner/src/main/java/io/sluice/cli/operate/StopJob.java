package io.sluice.cli.operate;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code job stop}: a job that need not go on. */
@CommandLine.Command(
    name = "stop",
    description = "Stops a job: one that waits, and prefetch and evict while they run.")
final class StopJob extends Verb {
  @CommandLine.Parameters(paramLabel = "ID", description = "the job")
  private String id = "";

  @Override
  protected ExitCode run(Session session) throws IOException {
    JsonNode job = session.api().send("DELETE", ApiPath.of("jobs", id), Map.of());
    if (session.json()) {
      return session.print(job);
    }
    session.out().println(job.path("kind").asString() + "[" + id + "]: stopped");
    return ExitCode.DONE;
  }
}
