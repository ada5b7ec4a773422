package io.sluice.storage.remote.circuit;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a remote is asked at all. After so many requests in a row that got no answer it is left
 * alone for a while; then one request tries, and its outcome decides. An error that the remote
 * tells is an answer. Thread-safe.
 */
public final class Circuit {
  private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final String provider;
  private final int threshold;
  private final long pauseNanos;
  private final LongSupplier nanoTime;

  // Guarded by this.
  private State state = State.CLOSED;
  private int failures;
  private long openUntil;
  private boolean trying;

  /** What becomes of requests. */
  public enum State {
    /** They are sent. */
    CLOSED,
    /** One is sent at a time, and decides. */
    HALF_OPEN,
    /** They are refused. */
    OPEN
  }

  /**
   * A closed one.
   *
   * @param provider the remote's name
   * @param threshold so many requests without an answer open it; 0 for never
   * @param pause how long it stays open
   * @param nanoTime the time
   */
  public Circuit(String provider, int threshold, Duration pause, LongSupplier nanoTime) {
    this.provider = provider;
    this.threshold = threshold;
    this.pauseNanos = pause.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * Lets a request through; exactly one of the other methods follows.
   *
   * @throws ProviderAwayException when it is not to be sent
   */
  synchronized void admit() {
    if (state == State.CLOSED) {
      return;
    }
    long left = openUntil - nanoTime.getAsLong();
    if (left > 0 || trying) {
      throw new ProviderAwayException(
          provider, (int) Math.max(1, (left + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND));
    }
    state = State.HALF_OPEN;
    trying = true;
  }

  /** The remote answered, with whatever. */
  synchronized void answered() {
    if (state != State.CLOSED) {
      LOG.info("Provider {} answers again", provider);
    }
    state = State.CLOSED;
    failures = 0;
    trying = false;
  }

  /** There was no answer. */
  synchronized void failed(String why) {
    failures++;
    boolean opens = state == State.CLOSED && threshold > 0 && failures >= threshold;
    if (opens) {
      LOG.warn(
          "Provider {} has not answered {} requests in a row ({}): it is not asked for {} seconds",
          provider,
          failures,
          why,
          pauseNanos / NANOS_PER_SECOND);
    }
    if (opens || state == State.HALF_OPEN) {
      state = State.OPEN;
      openUntil = nanoTime.getAsLong() + pauseNanos;
    }
    trying = false;
  }

  /** The request ended for a reason that says nothing of the remote. */
  synchronized void undecided() {
    trying = false;
  }

  /** What it does now. */
  public synchronized State state() {
    return state;
  }
}
