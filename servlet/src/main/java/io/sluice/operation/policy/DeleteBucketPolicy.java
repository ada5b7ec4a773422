package io.sluice.operation.policy;

import io.sluice.iam.BucketRules;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * Takes the policy of a bucket away. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html">API</a>.
 */
final class DeleteBucketPolicy implements OperationHandler {
  private final BucketStore buckets;

  DeleteBucketPolicy(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.DELETE_BUCKET_POLICY;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    buckets.deleteSetting(request.bucket(), BucketRules.POLICY);
    return S3Response.empty(204);
  }
}
