package io.sluice.storage.remote;

import io.sluice.storage.Storage;
import io.sluice.storage.contract.BucketContract;
import java.io.IOException;

class RemoteBucketTest extends BucketContract {
  @Override
  protected Storage open() throws IOException {
    return RemoteFixture.open(MIN_PART_SIZE);
  }
}
