package io.sluice.operation.acl;

import io.sluice.iam.acl.Acls;
import io.sluice.iam.acl.BucketOwnership;
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
 * The ACL of a version; its owner's full control where ACLs are disabled. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html">API</a>.
 */
final class GetObjectAcl implements OperationHandler {
  private final BucketStore buckets;
  private final StoredAcls stored;
  private final Acls acls;

  GetObjectAcl(BucketStore buckets, StoredAcls stored, Acls acls) {
    this.buckets = buckets;
    this.stored = stored;
    this.acls = acls;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_OBJECT_ACL;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.OBJECT_DOCUMENTS, Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    BucketOwnership bucket = BucketOwnership.of(buckets, request.bucket());
    StoredAcls.OfVersion found = stored.of(bucket, request.object());
    return S3Response.ok(acls.document(found.acl()))
        .header("x-amz-version-id", found.version().version().id());
  }
}
