package io.sluice.operation.acl;

import io.sluice.iam.acl.AccessControlList;
import io.sluice.iam.acl.AclOwners;
import io.sluice.iam.acl.AclScope;
import io.sluice.iam.acl.Acls;
import io.sluice.iam.acl.BucketOwnership;
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
 * Replaces the ACL of a bucket. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html">API</a>.
 */
final class PutBucketAcl implements OperationHandler {
  private final BucketStore buckets;
  private final Acls acls;

  PutBucketAcl(BucketStore buckets, Acls acls) {
    this.buckets = buckets;
    this.acls = acls;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_BUCKET_ACL;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    BucketOwnership found = BucketOwnership.of(buckets, request.bucket());
    AclOwners owners = AclOwners.ofBucket(found.bucket().ownerId());
    AccessControlList acl = acls.requested(request, AclScope.BUCKET, found, owners);
    if (found.disablesAcls()) {
      return S3Response.empty(200);
    }
    buckets.putSetting(
        request.bucket(),
        StoredAcls.NAME,
        acl.bytes(),
        (bucket, settings) -> {
          if (ObjectOwnership.effective(settings) == ObjectOwnership.BUCKET_OWNER_ENFORCED) {
            Acls.requireOwners(acl);
          }
        });
    return S3Response.empty(200);
  }
}
