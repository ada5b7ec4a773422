package io.sluice.storage.cache;

import io.sluice.storage.Storage;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Caches in memory. */
final class CacheFixture {
  private CacheFixture() {}

  static Storage over(Storage base, Storage space, String... settings) throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("cache.capacity", "10000000");
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return new CachedStorageComposer().compose(base, Map.of("space", space), all);
  }

  static Storage over(Storage base) throws IOException {
    return over(base, new MemoryStorage(1), "cache.block-size", "7");
  }
}
