package io.sluice.storage.cache;

import io.sluice.storage.Storage;
import io.sluice.storage.compose.StorageComposer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/**
 * Puts a cache before a back end; the other back end {@code space} is the cache's alone. Stateless.
 */
public final class CachedStorageComposer implements StorageComposer {
  /** For {@link java.util.ServiceLoader}. */
  public CachedStorageComposer() {}

  @Override
  public String name() {
    return "cache";
  }

  @Override
  public Storage compose(Storage base, Map<String, Storage> others, Map<String, String> settings)
      throws IOException {
    Storage space = others.get("space");
    if (space == null) {
      throw new IllegalArgumentException("a cache needs a space");
    }
    CacheSettings parsed = CacheSettings.of(settings);
    Files.createDirectories(parsed.fills());
    return new CachedStorage(base, CacheSpace.open(space, parsed), parsed);
  }
}
