package io.sluice.web;

import io.sluice.config.ConfigException;
import io.sluice.config.GatewayConfig;
import io.sluice.config.ProviderKey;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageProvider;
import io.sluice.storage.compose.StorageComposer;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opens the back ends that the settings name and makes one of them. Stateless. */
final class Backends {
  private static final String REMOTE = "s3";
  private static final String ATTACHED = "attached";

  private Backends() {}

  /**
   * Opens them.
   *
   * @throws ConfigException for a bad setting, in one line
   */
  static Storage open(GatewayConfig config) throws IOException {
    GatewayConfig.Store store = config.store();
    Storage local =
        StorageProvider.named(store.provider())
            .orElseThrow(
                () ->
                    new ConfigException(
                        "store.provider = " + store.provider() + ": no such back end"))
            .open(store.settings());
    if (config.providers().isEmpty()) {
      return local;
    }
    Map<String, Storage> providers = new LinkedHashMap<>();
    try {
      Map<String, String> buckets = new HashMap<>();
      for (Map.Entry<String, GatewayConfig.Provider> provider : config.providers().entrySet()) {
        String name = provider.getKey();
        if (name.equals(store.name())) {
          throw new ConfigException(
              "provider." + name + ": the name is taken; store.name is " + store.name());
        }
        providers.put(name, remote(name, provider.getValue()));
        buckets.put(name, provider.getValue().get(ProviderKey.BUCKETS));
      }
      return composer(ATTACHED).compose(local, providers, buckets);
    } catch (IOException | RuntimeException e) {
      for (Storage opened : providers.values()) {
        opened.close();
      }
      local.close();
      throw e;
    }
  }

  private static Storage remote(String name, GatewayConfig.Provider provider) throws IOException {
    Map<String, String> settings = new HashMap<>(provider.settings());
    settings.put("name", name);
    try {
      return StorageProvider.named(REMOTE).orElseThrow().open(settings);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("provider." + name + "." + e.getMessage());
    }
  }

  private static StorageComposer composer(String name) {
    return StorageComposer.named(name).orElseThrow();
  }
}
