package io.sluice.operation.encryption;

import io.sluice.encryption.BucketEncryption;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * Leaves a bucket's new objects as they come. Those that are encrypted stay so. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html">API</a>.
 */
final class DeleteBucketEncryption implements OperationHandler {
  private final BucketStore buckets;

  DeleteBucketEncryption(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.DELETE_BUCKET_ENCRYPTION;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS, Capability.ENCRYPTION);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    buckets.deleteSetting(request.bucket(), BucketEncryption.SETTING);
    return S3Response.empty(204);
  }
}
