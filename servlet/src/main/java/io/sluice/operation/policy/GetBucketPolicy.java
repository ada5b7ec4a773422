package io.sluice.operation.policy;

import io.sluice.error.S3ErrorCode;
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
 * The policy of a bucket, byte for byte as it was put. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html">API</a>.
 */
final class GetBucketPolicy implements OperationHandler {
  private final BucketStore buckets;

  GetBucketPolicy(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_BUCKET_POLICY;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    byte[] policy =
        buckets
            .setting(request.bucket(), BucketRules.POLICY)
            .orElseThrow(
                () ->
                    S3ErrorCode.NO_SUCH_BUCKET_POLICY
                        .exception()
                        .with("BucketName", request.bucket()));
    return S3Response.bytes(200, "application/json", policy);
  }
}
