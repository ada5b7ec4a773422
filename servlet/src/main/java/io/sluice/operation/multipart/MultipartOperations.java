package io.sluice.operation.multipart;

import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.Storage;
import java.time.Clock;
import java.util.List;

/** The operations on multipart uploads. */
public final class MultipartOperations {
  private MultipartOperations() {}

  /** The handlers over a back end, by the system's clock. */
  public static List<OperationHandler> of(Storage storage) {
    return of(storage, Clock.systemUTC());
  }

  /**
   * The handlers over a back end.
   *
   * @param clock from which the retention of new objects counts
   */
  public static List<OperationHandler> of(Storage storage, Clock clock) {
    MultipartStore uploads = storage.uploads();
    ObjectLocks locks = new ObjectLocks(storage.buckets(), clock);
    return List.of(
        new CreateMultipartUpload(uploads, locks),
        new UploadPart(uploads, storage.buckets()),
        new UploadPartCopy(uploads),
        new CompleteMultipartUpload(uploads),
        new AbortMultipartUpload(uploads),
        new ListParts(uploads),
        new ListMultipartUploads(uploads));
  }
}
