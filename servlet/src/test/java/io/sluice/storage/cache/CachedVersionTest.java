package io.sluice.storage.cache;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.VersionContract;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;

class CachedVersionTest extends VersionContract {
  @Override
  protected Storage open() throws IOException {
    return CacheFixture.over(new MemoryStorage(MIN_PART_SIZE));
  }
}
