package io.sluice.operation.lifecycle;

import io.sluice.lifecycle.LifecycleConfiguration;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.Set;

/**
 * Takes a bucket's lifecycle rules away. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html">API</a>.
 */
final class DeleteBucketLifecycle implements OperationHandler {
  private final Storage storage;

  DeleteBucketLifecycle(Storage storage) {
    this.storage = storage;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.DELETE_BUCKET_LIFECYCLE;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    LifecycleConfiguration.delete(storage, request.bucket());
    return S3Response.empty(204);
  }
}
