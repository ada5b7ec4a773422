package io.sluice.operation.bucket;

import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import java.io.IOException;

/**
 * Deletes an empty bucket. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html">API</a>.
 */
final class DeleteBucket implements OperationHandler {
  private final BucketStore buckets;

  DeleteBucket(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.DELETE_BUCKET;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    buckets.delete(request.bucket());
    return S3Response.empty(204);
  }
}
