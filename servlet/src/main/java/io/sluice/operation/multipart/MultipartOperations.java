package io.sluice.operation.multipart;

import io.sluice.encryption.ServerSideEncryption;
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
   * @param encryption what bytes are encrypted with
   * @param clock from which the retention of new objects counts
   */
  public static List<OperationHandler> of(
      Storage storage,
      Acls acls,
      Lifecycles lifecycles,
      ServerSideEncryption encryption,
      Clock clock) {
    MultipartStore uploads = storage.uploads();
    ObjectLocks locks = new ObjectLocks(storage.buckets(), clock);
    return List.of(
        new CreateMultipartUpload(uploads, locks, acls, lifecycles, encryption),
        new UploadPart(uploads, storage.buckets(), encryption),
        new UploadPartCopy(uploads, lifecycles.archives(), encryption),
        new CompleteMultipartUpload(uploads, lifecycles, encryption),
        new AbortMultipartUpload(uploads),
        new ListParts(uploads, acls, lifecycles, encryption),
        new ListMultipartUploads(uploads, acls));
  }
}
