package io.sluice.operation.multipart;

import io.sluice.iam.acl.Acls;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.Storage;
import java.time.Clock;
import java.util.List;

/** The operations on multipart uploads. */
public final class MultipartOperations {
  private MultipartOperations() {}

  /**
   * The handlers over a back end.
   *
   * @param acls ownership and ACLs of new objects, and the names of owners
   * @param lifecycles when uploads are aborted and objects expire
   * @param clock from which the retention of new objects counts
   */
  public static List<OperationHandler> of(
      Storage storage, Acls acls, Lifecycles lifecycles, Clock clock) {
    MultipartStore uploads = storage.uploads();
    ObjectLocks locks = new ObjectLocks(storage.buckets(), clock);
    return List.of(
        new CreateMultipartUpload(uploads, locks, acls, lifecycles),
        new UploadPart(uploads, storage.buckets()),
        new UploadPartCopy(uploads, lifecycles.archives()),
        new CompleteMultipartUpload(uploads, lifecycles),
        new AbortMultipartUpload(uploads),
        new ListParts(uploads, acls, lifecycles),
        new ListMultipartUploads(uploads, acls));
  }
}
