package io.sluice.operation.object;

import io.sluice.encryption.ServerSideEncryption;
import io.sluice.iam.acl.Acls;
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
   * @param encryption what bytes are encrypted with
   * @param clock says whether a lock is over
   */
  public static List<OperationHandler> of(
      Storage storage, Acls acls, ServerSideEncryption encryption, Clock clock) {
    ObjectStore objects = storage.objects();
    ObjectLocks locks = new ObjectLocks(storage.buckets(), clock);
    return List.of(
        new PutObject(storage, locks, acls, encryption),
        new GetObject(objects, locks, encryption),
        new HeadObject(objects, locks, encryption),
        new CopyObject(objects, locks, acls, encryption),
        new RenameObject(objects),
        new DeleteObject(objects, locks),
        new DeleteObjects(objects, locks),
        new GetObjectAttributes(objects, encryption),
        new GetObjectTagging(objects),
        new PutObjectTagging(objects),
        new DeleteObjectTagging(objects),
        new GetObjectRetention(objects, locks),
        new PutObjectRetention(objects, locks),
        new GetObjectLegalHold(objects, locks),
        new PutObjectLegalHold(objects, locks));
  }
}
