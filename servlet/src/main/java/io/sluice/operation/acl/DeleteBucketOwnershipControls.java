package io.sluice.operation.acl;

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
 * Forgets who owns the objects in a bucket: who writes them does, and ACLs count. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html">API</a>.
 */
final class DeleteBucketOwnershipControls implements OperationHandler {
  private final BucketStore buckets;

  DeleteBucketOwnershipControls(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.DELETE_BUCKET_OWNERSHIP_CONTROLS;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    buckets.putSetting(request.bucket(), ObjectOwnership.SETTING, ObjectOwnership.deleted());
    return S3Response.empty(204);
  }
}
