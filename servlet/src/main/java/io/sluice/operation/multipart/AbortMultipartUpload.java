package io.sluice.operation.multipart;

import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.MultipartStore;
import java.io.IOException;

/**
 * Drops an upload with its parts. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html">API</a>.
 */
final class AbortMultipartUpload implements OperationHandler {
  private final MultipartStore uploads;

  AbortMultipartUpload(MultipartStore uploads) {
    this.uploads = uploads;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.ABORT_MULTIPART_UPLOAD;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    uploads.abort(UploadParameters.upload(request));
    return S3Response.empty(204);
  }
}
