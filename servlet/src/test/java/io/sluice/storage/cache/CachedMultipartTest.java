package io.sluice.storage.cache;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.MultipartContract;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;

class CachedMultipartTest extends MultipartContract {
  @Override
  protected Storage open() throws IOException {
    return CacheFixture.over(new MemoryStorage(MIN_PART_SIZE));
  }
}
