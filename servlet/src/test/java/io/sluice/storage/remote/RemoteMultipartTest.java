package io.sluice.storage.remote;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.MultipartContract;
import java.io.IOException;

class RemoteMultipartTest extends MultipartContract {
  @Override
  protected Storage open() throws IOException {
    return RemoteFixture.open(MIN_PART_SIZE);
  }
}
