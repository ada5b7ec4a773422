package io.sluice.operation.acl;

import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.ObjectOwnership;
import io.sluice.iam.acl.StoredAcls;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * Says who owns the objects in a bucket; ACLs can be disabled once the bucket's own grants nothing
 * to others. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html">API</a>.
 */
final class PutBucketOwnershipControls implements OperationHandler {
  private static final int MAX_BODY_BYTES = 16 * 1024;

  private final BucketStore buckets;

  PutBucketOwnershipControls(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_BUCKET_OWNERSHIP_CONTROLS;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ObjectOwnership ownership = OwnershipControls.parse(request.body().readAll(MAX_BODY_BYTES));
    buckets.putSetting(
        request.bucket(),
        ObjectOwnership.SETTING,
        ownership.bytes(),
        (bucket, settings) -> {
          if (ownership == ObjectOwnership.BUCKET_OWNER_ENFORCED
              && StoredAcls.ofBucket(bucket, settings).isForeign()) {
            throw S3ErrorCode.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP.exception();
          }
        });
    return S3Response.empty(200);
  }
}
