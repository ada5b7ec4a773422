package io.sluice.storage.remote;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.VersionContract;
import java.io.IOException;

class RemoteVersionTest extends VersionContract {
  @Override
  protected Storage open() throws IOException {
    return RemoteFixture.open(MIN_PART_SIZE);
  }
}
