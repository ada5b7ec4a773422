package io.sluice.storage;

import java.io.IOException;
import java.util.Map;

/**
 * How a back end is found: by {@link java.util.ServiceLoader}, so that nobody imports an
 * implementation. Implementations have a public constructor without parameters.
 */
public interface StorageProvider {
  /** The name by which settings ask for it, such as {@code local}. */
  String name();

  /**
   * Opens a back end.
   *
   * @param settings its own settings, without a prefix; see {@code conf/sluice.properties}
   * @throws IOException when it cannot be opened; the message is one line that an operator can act
   *     on
   * @throws IllegalArgumentException for a bad setting
   */
  Storage open(Map<String, String> settings) throws IOException;
}
