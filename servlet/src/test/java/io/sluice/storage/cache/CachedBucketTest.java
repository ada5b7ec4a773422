package io.sluice.storage.cache;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.BucketContract;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;

class CachedBucketTest extends BucketContract {
  @Override
  protected Storage open() throws IOException {
    return CacheFixture.over(new MemoryStorage(MIN_PART_SIZE));
  }
}
