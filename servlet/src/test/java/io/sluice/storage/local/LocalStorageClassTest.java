package io.sluice.storage.local;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.StorageClassContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageClassTest extends StorageClassContract {
  @TempDir private Path directory;

  @Override
  protected Storage open() throws IOException {
    return LocalFixture.open(directory, MIN_PART_SIZE);
  }
}
