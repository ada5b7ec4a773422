package io.sluice.web;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.config.ConfigException;
import io.sluice.config.DataSize;
import io.sluice.config.GatewayConfig;
import io.sluice.config.ProviderKey;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageProvider;
import io.sluice.storage.compose.StorageComposer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Opens the back ends that the settings name and makes one of them. Stateless. */
final class Backends {
  private static final String REMOTE = "s3";
  private static final String ATTACHED = "attached";
  private static final String CACHE = "cache";
  private static final String LOCAL = "local";

  private static final Set<String> STATIC_CREDENTIALS =
      Set.of(
          ProviderKey.ACCESS_KEY.key(),
          ProviderKey.SECRET_KEY.key(),
          ProviderKey.SESSION_TOKEN.key());

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
      buckets.put(".settings", config.data().resolve("providers").toString());
      for (Map.Entry<String, GatewayConfig.Provider> provider : config.providers().entrySet()) {
        String name = provider.getKey();
        if (name.equals(store.name())) {
          throw new ConfigException(
              "provider." + name + ": the name is taken; store.name is " + store.name());
        }
        Storage remote = remote(name, provider.getValue(), Map.of());
        providers.put(name, cached(config, name, name, remote));
        buckets.put(name, provider.getValue().get(ProviderKey.BUCKETS));
      }
      return composer(ATTACHED)
          .compose(local, providers, buckets, (name, changed) -> changed(config, name, changed));
    } catch (IOException | RuntimeException e) {
      for (Storage opened : providers.values()) {
        opened.close();
      }
      local.close();
      throw e;
    }
  }

  /** A provider with some of its settings changed, and a cache apart from its other buckets. */
  private static Storage changed(GatewayConfig config, String name, Map<String, String> changed)
      throws IOException {
    GatewayConfig.Provider provider = config.providers().get(name);
    if (provider == null) {
      throw new IllegalStateException("no provider " + name);
    }
    String text = new TreeMap<>(changed).toString();
    byte[] digest =
        ChecksumDigest.digest(ChecksumAlgorithm.SHA256, text.getBytes(StandardCharsets.UTF_8));
    String space = name + "." + HexFormat.of().formatHex(digest);
    try {
      return cached(config, name, space, remote(name, provider, changed));
    } catch (ConfigException e) {
      throw S3ErrorCode.INVALID_ARGUMENT.exception(String.valueOf(e.getMessage()), e);
    }
  }

  private static Storage remote(
      String name, GatewayConfig.Provider provider, Map<String, String> changed)
      throws IOException {
    Map<String, String> settings = new HashMap<>(provider.settings());
    settings.putAll(changed);
    if (changed.containsKey(ProviderKey.PROFILE.key())) {
      settings.put(ProviderKey.CREDENTIALS.key(), "profile");
      settings.keySet().removeAll(STATIC_CREDENTIALS);
    }
    settings.put("name", name);
    try {
      return StorageProvider.named(REMOTE).orElseThrow().open(settings);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("provider." + name + "." + e.getMessage());
    }
  }

  /** A provider with its cache, which has a store of its own that no client sees. */
  private static Storage cached(GatewayConfig config, String name, String spaceName, Storage remote)
      throws IOException {
    GatewayConfig.Provider provider = config.providers().get(name);
    Map<String, String> settings = new HashMap<>();
    for (ProviderKey key : ProviderKey.values()) {
      settings.put(key.key(), provider == null ? key.defaultValue() : provider.get(key));
    }
    Path directory = config.data().resolve("cache");
    Map<String, String> space = new HashMap<>(config.store().settings());
    space.put("data", directory.resolve(spaceName).toString());
    space.put("scrub-rate", "0");
    space.remove("account-quota");
    settings.put("fills", directory.resolve(".fills").toString());
    Storage local = null;
    try {
      long capacity =
          DataSize.parse(settings.getOrDefault(ProviderKey.CACHE_CAPACITY.key(), "0")).bytes();
      if (capacity == 0) {
        return remote;
      }
      settings.put(ProviderKey.CACHE_CAPACITY.key(), Long.toString(capacity));
      settings.computeIfPresent(
          ProviderKey.CACHE_BLOCK_SIZE.key(),
          (key, value) -> Long.toString(DataSize.parse(value).bytes()));
      Files.createDirectories(directory);
      local = StorageProvider.named(LOCAL).orElseThrow().open(space);
      return composer(CACHE).compose(remote, Map.of("space", local), settings);
    } catch (IllegalArgumentException e) {
      close(remote, local);
      throw new ConfigException("provider." + name + ".cache: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      close(remote, local);
      throw e;
    }
  }

  private static void close(Storage remote, @Nullable Storage local) throws IOException {
    remote.close();
    if (local != null) {
      local.close();
    }
  }

  private static StorageComposer composer(String name) {
    return StorageComposer.named(name).orElseThrow();
  }
}
