package io.sluice.storage.remote.circuit;

import org.jspecify.annotations.Nullable;

/** A request that was not sent, since the remote has not answered of late. Nothing repeats it. */
public final class ProviderAwayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int retryAfterSeconds;

  ProviderAwayException(String provider, int retryAfterSeconds) {
    super("Provider " + provider + " is not asked for now");
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** When it is worth another try: 1 at the least. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** The one among the causes of an exception; null when it is about something else. */
  public static @Nullable ProviderAwayException in(Throwable thrown) {
    Throwable cause = thrown;
    while (cause != null && !(cause instanceof ProviderAwayException)) {
      cause = cause.getCause();
    }
    return (ProviderAwayException) cause;
  }
}
