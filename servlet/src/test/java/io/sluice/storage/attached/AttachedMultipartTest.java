package io.sluice.storage.attached;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.MultipartContract;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.util.Map;

/** Every bucket is a provider's. */
class AttachedMultipartTest extends MultipartContract {
  @Override
  protected Storage open() throws IOException {
    return new AttachedStorageComposer()
        .compose(
            new MemoryStorage(MIN_PART_SIZE),
            Map.of("aws", new MemoryStorage(MIN_PART_SIZE)),
            Map.of("aws", "*"));
  }
}
