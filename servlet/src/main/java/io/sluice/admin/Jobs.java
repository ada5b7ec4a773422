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

/**
 * Work that takes long: what is about the store one after the other, and beside that what can be
 * cancelled, which is about caches, one after the other. Thread-safe.
 */
final class Jobs implements Closeable {
  /** Ended jobs are forgotten above so many. */
  private static final int KEPT = 100;

  /** Lines that a job may tell; what comes after them is counted. */
  private static final int MAX_LINES = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Clock clock;
  private final ExecutorService store = lane("sluice-jobs");
  private final ExecutorService caches = lane("sluice-cache-jobs");

  Jobs(Clock clock) {
    this.clock = clock;
  }

  private static ExecutorService lane(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Where a job stands. */
  enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /** What is to be done; tells lines as it goes, and returns what it did. */
  interface Work {
    Map<String, Object> run(Teller teller) throws IOException, InterruptedException;
  }

  /** Takes what a job tells. */
  interface Teller {
    void tell(String line);

    /** Tells how far it is: numbers by name. */
    void progress(Map<String, Long> numbers);

    /** Whether somebody wants it to stop; a job that asks can be cancelled while it runs. */
    boolean isCancelled();
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
   * @param progress how far it is: numbers by name; empty for one that does not tell
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
      Map<String, Long> progress,
      Map<String, Object> result,
      @Nullable String error) {}

  /** All jobs that are known. */
  record Views(List<View> jobs) {}

  private static final class Job implements Teller {
    private final String id = UUID.randomUUID().toString();
    private final String kind;
    private final Instant createdAt;
    private final boolean cancellable;
    private final List<String> lines = new ArrayList<>();
    private State state = State.WAITING;
    private long untold;
    private boolean cancelled;
    private Map<String, Long> progress = Map.of();
    private Map<String, Object> result = Map.of();
    private @Nullable Instant endedAt;
    private @Nullable String error;

    private Job(String kind, boolean cancellable, Instant createdAt) {
      this.kind = kind;
      this.cancellable = cancellable;
      this.createdAt = createdAt;
    }

    @Override
    public synchronized void tell(String line) {
      if (lines.size() < MAX_LINES) {
        lines.add(line);
      } else {
        untold++;
      }
    }

    @Override
    public synchronized void progress(Map<String, Long> numbers) {
      progress = Map.copyOf(numbers);
    }

    @Override
    public synchronized boolean isCancelled() {
      return cancelled;
    }

    private synchronized void cancel(Instant at) {
      if (state == State.WAITING) {
        end(State.CANCELLED, at, Map.of());
      } else if (state == State.RUNNING && !cancellable) {
        throw S3ErrorCode.INVALID_REQUEST.exception("A " + kind + " goes on once it has begun.");
      }
      cancelled = true;
    }

    /** Whether it is to run. */
    private synchronized boolean begin() {
      if (state == State.WAITING) {
        state = State.RUNNING;
        return true;
      }
      return false;
    }

    private synchronized void end(State end, Instant at, Map<String, Object> done) {
      state = end == State.DONE && cancelled ? State.CANCELLED : end;
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
          id, kind, state, createdAt, endedAt, List.copyOf(lines), untold, progress, result, error);
    }
  }

  /** What is asked about jobs. */
  List<AdminRoute> routes() {
    return List.of(
        new AdminRoute(
            "GET",
            "/jobs",
            "All jobs that are known.",
            null,
            Views.class,
            (request, parameters) -> views()),
        new AdminRoute(
            "GET",
            "/jobs/{id}",
            "A job as it stands.",
            null,
            View.class,
            (request, parameters) -> view(parameters.get(0))),
        new AdminRoute(
            "DELETE",
            "/jobs/{id}",
            "Cancels a job: one that waits does not begin, one about a cache stops soon.",
            null,
            View.class,
            (request, parameters) -> cancel(parameters.get(0))));
  }

  /** Asks for a job about the store; it begins when those before it have ended. */
  View submit(String kind, Work work) {
    return submit(new Job(kind, false, clock.instant()), work);
  }

  /** The same for work about caches, which asks whether it is cancelled. */
  View submitCancellable(String kind, Work work) {
    return submit(new Job(kind, true, clock.instant()), work);
  }

  private View submit(Job job, Work work) {
    synchronized (jobs) {
      jobs.put(job.id, job);
      jobs.values().removeIf(old -> jobs.size() > KEPT && old.ended());
    }
    (job.cancellable ? caches : store).execute(() -> run(job, work));
    return job.view();
  }

  private void run(Job job, Work work) {
    if (!job.begin()) {
      return;
    }
    try {
      job.end(State.DONE, clock.instant(), work.run(job));
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
      return known(id).view();
    }
  }

  /**
   * Keeps a job from running, or has it stop.
   *
   * @throws io.sluice.error.S3Exception NoSuchKey when there is none of this id; InvalidRequest
   *     when it runs and cannot stop
   */
  View cancel(String id) {
    synchronized (jobs) {
      Job job = known(id);
      job.cancel(clock.instant());
      return job.view();
    }
  }

  private Job known(String id) {
    Job job = jobs.get(id);
    if (job == null) {
      throw S3ErrorCode.NO_SUCH_KEY.exception("There is no such job.");
    }
    return job;
  }

  Views views() {
    synchronized (jobs) {
      return new Views(jobs.values().stream().map(Job::view).toList());
    }
  }

  /** Stops what runs. */
  @Override
  public void close() {
    store.shutdownNow();
    caches.shutdownNow();
  }
}
