package io.sluice.storage.local;

import io.sluice.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Local stores for tests. */
final class LocalFixture {
  private LocalFixture() {}

  static Storage open(Path directory, long minPartSize) throws IOException {
    return new LocalStorageProvider()
        .open(
            Map.of(
                "data",
                directory.toString(),
                "min-part-size",
                Long.toString(minPartSize),
                "block-cache",
                "8388608"));
  }
}
