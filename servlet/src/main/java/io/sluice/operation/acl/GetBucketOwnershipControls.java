package io.sluice.operation.acl;

import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.ObjectOwnership;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * Who owns the objects in a bucket. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html">API</a>.
 */
final class GetBucketOwnershipControls implements OperationHandler {
  private final BucketStore buckets;

  GetBucketOwnershipControls(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_BUCKET_OWNERSHIP_CONTROLS;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ObjectOwnership ownership =
        ObjectOwnership.stated(name -> buckets.setting(request.bucket(), name))
            .orElseThrow(
                () ->
                    S3ErrorCode.OWNERSHIP_CONTROLS_NOT_FOUND
                        .exception()
                        .with("BucketName", request.bucket()));
    return S3Response.ok(OwnershipControls.of(ownership));
  }
}
