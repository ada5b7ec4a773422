package io.sluice.cli.operate;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import io.sluice.cli.text.Dates;
import io.sluice.cli.text.Table;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code show job}: work that takes long, as it stands. */
@CommandLine.Command(name = "job", description = "Shows jobs; with --wait, until one has ended.")
final class ShowJobs extends Verb {
  @CommandLine.Parameters(arity = "0..1", paramLabel = "ID", description = "the job; all without")
  private @Nullable String id;

  @CommandLine.Option(names = "--wait", description = "wait for its end")
  private boolean wait;

  @Override
  protected ExitCode run(Session session) throws IOException {
    if (id != null) {
      JsonNode job = session.api().get(ApiPath.of("jobs", id));
      if (wait) {
        return JobText.follow(session, job);
      }
      if (session.json()) {
        return session.print(job);
      }
      Table table = head();
      row(table, job).print(session.out());
      job.path("lines").forEach(line -> session.out().println(line.asString()));
      return ExitCode.DONE;
    }
    JsonNode jobs = session.api().get(ApiPath.of("jobs"));
    if (session.json()) {
      return session.print(jobs);
    }
    Table table = head();
    jobs.path("jobs").forEach(job -> row(table, job));
    table.print(session.out());
    return ExitCode.DONE;
  }

  private static Table head() {
    return new Table("JOB", "KIND", "STATE", "PROGRESS", "START", "END");
  }

  private static String progress(JsonNode progress) {
    String done = progress.path("done").asString("");
    return progress.has("total") ? done + "/" + progress.path("total").asString() : done;
  }

  private static Table row(Table table, JsonNode job) {
    return table.row(
        job.path("id").asString(),
        job.path("kind").asString(),
        job.path("state").asString().toLowerCase(java.util.Locale.ROOT),
        progress(job.path("progress")),
        Dates.of(job.path("createdAt").asString()),
        Dates.of(job.path("endedAt").asString("")));
  }
}
