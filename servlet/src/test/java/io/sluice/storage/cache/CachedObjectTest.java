package io.sluice.storage.cache;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.ObjectContract;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;

class CachedObjectTest extends ObjectContract {
  @Override
  protected Storage open() throws IOException {
    return CacheFixture.over(new MemoryStorage(MIN_PART_SIZE));
  }
}
