package io.sluice.storage.local;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.QuotaContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalQuotaTest extends QuotaContract {
  @TempDir private Path directory;

  @Override
  protected Storage open() throws IOException {
    return LocalFixture.open(directory, MIN_PART_SIZE);
  }
}
