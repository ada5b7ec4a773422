package io.sluice.storage.attached;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.EncryptionContract;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.util.Map;

/** Every bucket is that of a provider that encrypts. */
class AttachedEncryptionTest extends EncryptionContract {
  @Override
  protected Storage open() throws IOException {
    return new AttachedStorageComposer()
        .compose(
            new MemoryStorage(MIN_PART_SIZE),
            Map.of("aws", new MemoryStorage(MIN_PART_SIZE)),
            Map.of("aws", "*"));
  }
}
