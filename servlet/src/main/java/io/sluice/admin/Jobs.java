package io.sluice.admin;

import io.sluice.error.S3ErrorCode;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that takes long: one after the other, on one thread. Thread-safe. */
final class Jobs implements Closeable {
  /** Ended jobs are forgotten above so many. */
  private static final int KEPT = 100;

  /** Lines that a job may tell; what comes after them is counted. */
  private static final int MAX_LINES = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Clock clock;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "sluice-jobs");
            thread.setDaemon(true);
            return thread;
          });

  Jobs(Clock clock) {
    this.clock = clock;
  }

  /** Where a job stands. */
  enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED
  }

  /** What is to be done; tells lines as it goes, and returns what it did. */
  interface Work {
    Map<String, Object> run(Teller teller) throws IOException, InterruptedException;
  }

  /** Takes what a job tells. */
  interface Teller {
    void tell(String line);
  }

  /**
   * A job as it stands. Immutable.
   *
   * @param id its id
   * @param kind what it does
   * @param state where it stands
   * @param createdAt when it was asked for
   * @param endedAt when it ended; null before
   * @param lines what it told so far
   * @param untold how many lines there were beyond those
   * @param result what it did; empty before its end
   * @param error what went wrong; null when nothing did
   */
  record View(
      String id,
      String kind,
      State state,
      Instant createdAt,
      @Nullable Instant endedAt,
      List<String> lines,
      long untold,
      Map<String, Object> result,
      @Nullable String error) {}

  /** All jobs that are known. */
  record Views(List<View> jobs) {}

  private static final class Job {
    private final String id = UUID.randomUUID().toString();
    private final String kind;
    private final Instant createdAt;
    private final List<String> lines = new ArrayList<>();
    private State state = State.WAITING;
    private long untold;
    private Map<String, Object> result = Map.of();
    private @Nullable Instant endedAt;
    private @Nullable String error;

    private Job(String kind, Instant createdAt) {
      this.kind = kind;
      this.createdAt = createdAt;
    }

    private synchronized void tell(String line) {
      if (lines.size() < MAX_LINES) {
        lines.add(line);
      } else {
        untold++;
      }
    }

    private synchronized void begin() {
      state = State.RUNNING;
    }

    private synchronized void end(State end, Instant at, Map<String, Object> done) {
      state = end;
      endedAt = at;
      result = done;
    }

    private synchronized void fail(String message, Instant at) {
      error = message;
      end(State.FAILED, at, Map.of());
    }

    private synchronized boolean ended() {
      return endedAt != null;
    }

    private synchronized View view() {
      return new View(
          id, kind, state, createdAt, endedAt, List.copyOf(lines), untold, result, error);
    }
  }

  /** Asks for a job; it begins when those before it have ended. */
  View submit(String kind, Work work) {
    Job job = new Job(kind, clock.instant());
    synchronized (jobs) {
      jobs.put(job.id, job);
      jobs.values().removeIf(old -> jobs.size() > KEPT && old.ended());
    }
    worker.execute(() -> run(job, work));
    return job.view();
  }

  private void run(Job job, Work work) {
    job.begin();
    try {
      job.end(State.DONE, clock.instant(), work.run(job::tell));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      job.fail("It was told to stop.", clock.instant());
    } catch (IOException | RuntimeException e) {
      LOG.warn("The job {} ({}) failed", job.id, job.kind, e);
      job.fail(String.valueOf(e.getMessage()), clock.instant());
    }
  }

  /**
   * A job.
   *
   * @throws io.sluice.error.S3Exception NoSuchKey when there is none of this id
   */
  View view(String id) {
    synchronized (jobs) {
      Job job = jobs.get(id);
      if (job == null) {
        throw S3ErrorCode.NO_SUCH_KEY.exception("There is no such job.");
      }
      return job.view();
    }
  }

  Views views() {
    synchronized (jobs) {
      return new Views(jobs.values().stream().map(Job::view).toList());
    }
  }

  /** Stops what runs. */
  @Override
  public void close() {
    worker.shutdownNow();
  }
}
