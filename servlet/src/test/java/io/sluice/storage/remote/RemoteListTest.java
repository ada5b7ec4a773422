package io.sluice.storage.remote;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.ListContract;
import java.io.IOException;

class RemoteListTest extends ListContract {
  @Override
  protected Storage open() throws IOException {
    return RemoteFixture.open(MIN_PART_SIZE);
  }
}
