package io.sluice.operation.multipart;

import io.sluice.operation.OperationHandler;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.Storage;
import java.util.List;

/** The operations on multipart uploads. */
public final class MultipartOperations {
  private MultipartOperations() {}

  /** The handlers over a back end. */
  public static List<OperationHandler> of(Storage storage) {
    MultipartStore uploads = storage.uploads();
    return List.of(
        new CreateMultipartUpload(uploads),
        new UploadPart(uploads),
        new UploadPartCopy(uploads),
        new CompleteMultipartUpload(uploads),
        new AbortMultipartUpload(uploads),
        new ListParts(uploads),
        new ListMultipartUploads(uploads));
  }
}
