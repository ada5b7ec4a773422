package io.sluice.storage.local;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.EditContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalEditTest extends EditContract {
  @TempDir private Path directory;

  @Override
  protected Storage open() throws IOException {
    return LocalFixture.open(directory, MIN_PART_SIZE);
  }
}
