package io.sluice.storage.local.care;

/** Keeps reading below a rate, by pauses between small steps. Confined to one thread. */
final class Pace {
  private static final double NANOS_OF_SECOND = 1e9;

  /** A shorter pause costs more than it gives. */
  private static final long MIN_PAUSE_NANOS = 2_000_000;

  /** Time that was not used is not saved up: a pause elsewhere must not end in a burst. */
  private static final long MAX_CREDIT_NANOS = 100_000_000;

  private final long bytesPerSecond;
  private long dueAt = System.nanoTime();

  /**
   * A pace.
   *
   * @param bytesPerSecond 0 for no bound
   */
  Pace(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Counts bytes that were read, and waits until they may have been. */
  void spend(long bytes) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (bytesPerSecond == 0) {
      return;
    }
    long now = System.nanoTime();
    if (dueAt - now < -MAX_CREDIT_NANOS) {
      dueAt = now - MAX_CREDIT_NANOS;
    }
    dueAt += (long) (bytes * NANOS_OF_SECOND / bytesPerSecond);
    long pause = dueAt - now;
    if (pause >= MIN_PAUSE_NANOS) {
      Thread.sleep(pause / 1_000_000, (int) (pause % 1_000_000));
    }
  }
}
