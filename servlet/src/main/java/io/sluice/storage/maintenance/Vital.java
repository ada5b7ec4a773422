package io.sluice.storage.maintenance;

import java.io.IOException;

/**
 * Something without which a back end cannot do its work. Immutable; trying it is thread-safe, and
 * leaves nothing behind that anybody sees.
 *
 * @param name what it is, such as {@code store} or the name of a provider
 * @param place where it is
 * @param trial tries it
 */
public record Vital(String name, Place place, Trial trial) {
  /** Where a vital part is. */
  public enum Place {
    /** On this machine. */
    HERE,
    /** Behind a network. */
    REMOTE
  }

  /** Tries something. */
  @FunctionalInterface
  public interface Trial {
    /**
     * Returns when it works.
     *
     * @throws IOException when it does not; the message is for the log
     */
    void run() throws IOException;
  }
}
