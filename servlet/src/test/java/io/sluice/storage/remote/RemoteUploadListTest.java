package io.sluice.storage.remote;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.UploadListContract;
import java.io.IOException;

class RemoteUploadListTest extends UploadListContract {
  @Override
  protected Storage open() throws IOException {
    return RemoteFixture.open(MIN_PART_SIZE);
  }
}
