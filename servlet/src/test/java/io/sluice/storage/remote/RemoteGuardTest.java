package io.sluice.storage.remote;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.GuardContract;
import java.io.IOException;

class RemoteGuardTest extends GuardContract {
  @Override
  protected Storage open() throws IOException {
    return RemoteFixture.open(MIN_PART_SIZE);
  }
}
