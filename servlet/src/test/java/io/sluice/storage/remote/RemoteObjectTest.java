package io.sluice.storage.remote;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.ObjectContract;
import java.io.IOException;

class RemoteObjectTest extends ObjectContract {
  @Override
  protected Storage open() throws IOException {
    return RemoteFixture.open(MIN_PART_SIZE);
  }
}
