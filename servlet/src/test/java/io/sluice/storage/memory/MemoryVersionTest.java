package io.sluice.storage.memory;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.VersionContract;

class MemoryVersionTest extends VersionContract {
  @Override
  protected Storage open() {
    return new MemoryStorage(MIN_PART_SIZE);
  }
}
