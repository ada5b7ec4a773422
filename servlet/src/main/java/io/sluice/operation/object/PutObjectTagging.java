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
 * Replaces the tags of a version. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html">API</a>.
 */
final class PutObjectTagging implements OperationHandler {
  private final ObjectStore objects;

  PutObjectTagging(ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_OBJECT_TAGGING;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.OBJECT_DOCUMENTS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ObjectTagging tagging =
        ObjectTagging.parse(request.body().readAll(ObjectTagging.maxBodyBytes()));
    ObjectInfo info =
        objects.putDocument(request.object(), ObjectTagging.DOCUMENT, tagging.bytes());
    return S3Response.empty(200).header("x-amz-version-id", info.version().id());
  }
}
