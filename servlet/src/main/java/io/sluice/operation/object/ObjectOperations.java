package io.sluice.operation.object;

import io.sluice.encryption.ServerSideEncryption;
import io.sluice.iam.acl.Acls;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.operation.Authorizer;
import io.sluice.operation.BodyPayload;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import java.util.List;

/** The operations on objects. */
public final class ObjectOperations {
  private ObjectOperations() {}

  /**
   * What holds for objects beyond their store.
   *
   * @param acls ownership and ACLs of new objects
   * @param authorizer is asked for each object of a batch
   * @param lifecycles when objects expire, and what is restored from archives; their clock says
   *     whether a lock is over
   * @param encryption what bytes are encrypted with
   * @param largestCopyBytes the largest object that CopyObject copies; AWS has {@link #AWS_COPY}
   */
  public record Rules(
      Acls acls,
      Authorizer authorizer,
      Lifecycles lifecycles,
      ServerSideEncryption encryption,
      long largestCopyBytes) {
    /** 5 GiB. */
    public static final long AWS_COPY = BodyPayload.MAX_BYTES;
  }

  /** The handlers over a back end. */
  public static List<OperationHandler> of(Storage storage, Rules rules) {
    Acls acls = rules.acls();
    Lifecycles lifecycles = rules.lifecycles();
    ServerSideEncryption encryption = rules.encryption();
    ObjectStore objects = storage.objects();
    ObjectLocks locks = new ObjectLocks(storage.buckets(), lifecycles.clock());
    return List.of(
        new PutObject(storage, locks, acls, lifecycles, encryption),
        new GetObject(objects, locks, lifecycles, encryption),
        new HeadObject(objects, locks, lifecycles, encryption),
        new CopyObject(storage, locks, rules),
        new RenameObject(objects),
        new DeleteObject(objects, locks),
        new DeleteObjects(storage, locks, rules.authorizer()),
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
