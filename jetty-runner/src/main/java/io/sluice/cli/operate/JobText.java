package io.sluice.cli.operate;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Jobs: waiting for them, and what they tell. Stateless. */
public final class JobText {
  private static final long POLL_MILLIS = 200;

  private JobText() {}

  /** Waits for a job's end, printing what it tells, and then its result. */
  public static ExitCode follow(Session session, JsonNode asked) throws IOException {
    String id = asked.path("id").asString();
    JsonNode job = asked;
    int told = 0;
    while (true) {
      JsonNode lines = job.path("lines");
      for (; !session.json() && told < lines.size(); told++) {
        session.out().println(lines.get(told).asString());
      }
      session.out().flush();
      if (job.hasNonNull("endedAt")) {
        return end(session, job);
      }
      pause();
      job = session.api().get(ApiPath.of("jobs", id));
    }
  }

  private static ExitCode end(Session session, JsonNode job) {
    boolean done = job.path("state").asString().equals("DONE");
    if (session.json()) {
      session.print(job);
    } else if (done) {
      StringBuilder result = new StringBuilder(job.path("kind").asString()).append(": done");
      job.path("result")
          .properties()
          .forEach(e -> result.append(", ").append(e.getKey() + " " + e.getValue().asString()));
      session.out().println(result);
    } else {
      session.err().println("Error: " + job.path("error").asString("the job failed"));
      session.err().flush();
    }
    return done ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
