package io.sluice.storage.cache;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.ListContract;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;

class CachedListTest extends ListContract {
  @Override
  protected Storage open() throws IOException {
    return CacheFixture.over(new MemoryStorage(MIN_PART_SIZE));
  }
}
