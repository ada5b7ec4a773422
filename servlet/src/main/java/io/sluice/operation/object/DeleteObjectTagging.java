package io.sluice.operation.object;

import io.sluice.model.ObjectInfo;
import io.sluice.operation.ObjectTagging;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.ObjectStore;
import java.io.IOException;
import java.util.Set;

/**
 * Removes the tags of a version. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html">API</a>.
 */
final class DeleteObjectTagging implements OperationHandler {
  private final ObjectStore objects;

  DeleteObjectTagging(ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.DELETE_OBJECT_TAGGING;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.OBJECT_DOCUMENTS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ObjectInfo info = objects.deleteDocument(request.object(), ObjectTagging.DOCUMENT);
    return S3Response.empty(204).header("x-amz-version-id", info.version().id());
  }
}
