package io.sluice.storage.memory;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.EncryptionContract;

class MemoryEncryptionTest extends EncryptionContract {
  @Override
  protected Storage open() {
    return new MemoryStorage(MIN_PART_SIZE);
  }
}
