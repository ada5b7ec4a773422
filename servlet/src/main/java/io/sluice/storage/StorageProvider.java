package io.sluice.storage;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

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

  /**
   * Opens a back end that must be there already, for its maintenance alone: nothing is created, and
   * nothing is done in the background that need not be.
   *
   * @param settings as for {@link #open}
   * @throws IOException as {@link #open}, and when there is no such back end
   */
  default Storage openForMaintenance(Map<String, String> settings) throws IOException {
    return open(settings);
  }

  /** The back end of a name, of all that the class path has. */
  static Optional<StorageProvider> named(String name) {
    return ServiceLoader.load(StorageProvider.class, StorageProvider.class.getClassLoader())
        .stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(name))
        .findFirst();
  }
}
