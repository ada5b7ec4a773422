package io.sluice.storage.compose;

import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Makes one back end of several. It is found by {@link ServiceLoader}, so that nobody imports an
 * implementation. Implementations have a public constructor without parameters.
 */
public interface StorageComposer {
  /** The name by which it is asked for. */
  String name();

  /**
   * Makes the back end; closing it closes all that it is made of.
   *
   * @param base the back end that is changed
   * @param others further back ends by their names
   * @param settings settings, without a prefix
   * @throws IllegalArgumentException for a bad setting, naming it
   */
  Storage compose(Storage base, Map<String, Storage> others, Map<String, String> settings)
      throws IOException;

  /**
   * The same for a composer that opens further back ends while it runs.
   *
   * @param opener opens them
   */
  default Storage compose(
      Storage base,
      Map<String, Storage> others,
      Map<String, String> settings,
      ProviderOpener opener)
      throws IOException {
    return compose(base, others, settings);
  }

  /** The composer of a name, of all that the class path has. */
  static Optional<StorageComposer> named(String name) {
    return ServiceLoader.load(StorageComposer.class, StorageComposer.class.getClassLoader())
        .stream()
        .map(ServiceLoader.Provider::get)
        .filter(composer -> composer.name().equals(name))
        .findFirst();
  }
}
