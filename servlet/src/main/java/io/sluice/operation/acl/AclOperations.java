package io.sluice.operation.acl;

import io.sluice.iam.acl.Acls;
import io.sluice.iam.acl.StoredAcls;
import io.sluice.operation.OperationHandler;
import io.sluice.storage.BucketStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import java.util.List;

/** The operations on ACLs, object ownership and request payment. */
public final class AclOperations {
  private AclOperations() {}

  /** The handlers over a back end. */
  public static List<OperationHandler> of(Storage storage, Acls acls) {
    BucketStore buckets = storage.buckets();
    ObjectStore objects = storage.objects();
    StoredAcls stored = new StoredAcls(buckets, objects);
    return List.of(
        new GetBucketAcl(buckets, stored, acls),
        new PutBucketAcl(buckets, acls),
        new GetObjectAcl(buckets, stored, acls),
        new PutObjectAcl(storage, acls),
        new GetBucketOwnershipControls(buckets),
        new PutBucketOwnershipControls(buckets),
        new DeleteBucketOwnershipControls(buckets),
        new GetBucketRequestPayment(buckets),
        new PutBucketRequestPayment(buckets));
  }
}
