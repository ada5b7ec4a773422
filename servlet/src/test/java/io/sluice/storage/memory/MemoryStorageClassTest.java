package io.sluice.storage.memory;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.StorageClassContract;

class MemoryStorageClassTest extends StorageClassContract {
  @Override
  protected Storage open() {
    return new MemoryStorage(MIN_PART_SIZE);
  }
}
