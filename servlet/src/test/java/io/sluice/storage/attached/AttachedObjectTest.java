package io.sluice.storage.attached;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.ObjectContract;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.util.Map;

/** Every bucket is a provider's. */
class AttachedObjectTest extends ObjectContract {
  @Override
  protected Storage open() throws IOException {
    return new AttachedStorageComposer()
        .compose(
            new MemoryStorage(MIN_PART_SIZE),
            Map.of("aws", new MemoryStorage(MIN_PART_SIZE)),
            Map.of("aws", "*"));
  }
}
