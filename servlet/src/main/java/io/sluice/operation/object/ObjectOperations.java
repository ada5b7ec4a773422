package io.sluice.operation.object;

import io.sluice.iam.acl.Acls;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.operation.Authorizer;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import java.time.Clock;
import java.util.List;

/** The operations on objects. */
public final class ObjectOperations {
  private ObjectOperations() {}

  /**
   * The handlers over a back end.
   *
   * @param acls ownership and ACLs of new objects
   * @param authorizer is asked for each object of a batch
   * @param lifecycles when objects expire, and what is restored from archives
   * @param clock says whether a lock is over
   */
  public static List<OperationHandler> of(
      Storage storage, Acls acls, Authorizer authorizer, Lifecycles lifecycles, Clock clock) {
    ObjectStore objects = storage.objects();
    ObjectLocks locks = new ObjectLocks(storage.buckets(), clock);
    return List.of(
        new PutObject(storage, locks, acls, lifecycles),
        new GetObject(objects, locks, lifecycles),
        new HeadObject(objects, locks, lifecycles),
        new CopyObject(objects, locks, acls, lifecycles),
        new RenameObject(objects),
        new DeleteObject(objects, locks),
        new DeleteObjects(storage, locks, authorizer),
        new GetObjectAttributes(objects),
        new GetObjectTagging(objects),
        new PutObjectTagging(objects),
        new DeleteObjectTagging(objects),
        new GetObjectRetention(objects, locks),
        new PutObjectRetention(objects, locks),
        new GetObjectLegalHold(objects, locks),
        new PutObjectLegalHold(objects, locks));
  }
}
