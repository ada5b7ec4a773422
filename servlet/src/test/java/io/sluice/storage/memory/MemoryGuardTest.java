package io.sluice.storage.memory;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.GuardContract;

class MemoryGuardTest extends GuardContract {
  @Override
  protected Storage open() {
    return new MemoryStorage(MIN_PART_SIZE);
  }
}
