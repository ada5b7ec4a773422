package io.sluice.storage.compose;

import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.Map;

/** Opens a provider once more, with other settings, for buckets that want them. Thread-safe. */
@FunctionalInterface
public interface ProviderOpener {
  /**
   * Opens one, with a cache of its own where the provider has one.
   *
   * @param provider the provider's name
   * @param changed the settings that are others: {@code endpoint}, {@code region}, {@code profile}
   * @throws io.sluice.error.S3Exception InvalidArgument for a setting that cannot be
   */
  Storage open(String provider, Map<String, String> changed) throws IOException;
}
