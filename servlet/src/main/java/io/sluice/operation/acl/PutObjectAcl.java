package io.sluice.operation.acl;

import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.AccessControlList;
import io.sluice.iam.acl.AclScope;
import io.sluice.iam.acl.Acls;
import io.sluice.iam.acl.BucketOwnership;
import io.sluice.iam.acl.StoredAcls;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.Set;

/**
 * Replaces the ACL of a version. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html">API</a>.
 */
final class PutObjectAcl implements OperationHandler {
  private final BucketStore buckets;
  private final ObjectStore objects;
  private final Acls acls;

  PutObjectAcl(Storage storage, Acls acls) {
    this.buckets = storage.buckets();
    this.objects = storage.objects();
    this.acls = acls;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_OBJECT_ACL;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.OBJECT_DOCUMENTS, Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    BucketOwnership bucket = BucketOwnership.of(buckets, request.bucket());
    ObjectRef object = request.object();
    ObjectInfo found = objects.head(object, ReadOptions.ALL);
    AccessControlList acl =
        acls.requested(request, AclScope.OBJECT, bucket, bucket.ownersOf(found.ownerId()));
    if (!bucket.disablesAcls()) {
      objects.putDocument(
          object.atVersion(found.version().id()),
          StoredAcls.NAME,
          acl.bytes(),
          (version, documents) -> {
            // Another account overwrote the object meanwhile: the ACL was not meant for that.
            if (!version.ownerId().equals(found.ownerId())) {
              throw S3ErrorCode.OPERATION_ABORTED.exception();
            }
          });
    }
    return S3Response.empty(200).header("x-amz-version-id", found.version().id());
  }
}
