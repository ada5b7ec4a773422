package io.sluice.operation.object;

import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.ConditionHeaders;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.ObjectStore;
import java.io.IOException;

/**
 * Deletes an object or a version; what is not there is deleted already. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html">API</a>.
 */
final class DeleteObject implements OperationHandler {
  private final ObjectStore objects;
  private final ObjectLocks locks;

  DeleteObject(ObjectStore objects, ObjectLocks locks) {
    this.objects = objects;
    this.locks = locks;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.DELETE_OBJECT;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    DeleteOptions options =
        new DeleteOptions(
            ConditionHeaders.ofDelete(request.headers()),
            request.identity().canonicalId(),
            locks.deletion(request));
    DeleteResult result = objects.delete(request.object(), options);
    String versionId =
        result.versionId() == null ? result.deleteMarkerVersionId() : result.versionId();
    return S3Response.empty(204)
        .header("x-amz-delete-marker", result.deleteMarker() ? "true" : null)
        .header("x-amz-version-id", versionId);
  }
}
