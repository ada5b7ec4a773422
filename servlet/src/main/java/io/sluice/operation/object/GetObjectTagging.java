package io.sluice.operation.object;

import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.operation.ObjectTagging;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The tags of a version; an empty set when it has none. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html">API</a>.
 */
final class GetObjectTagging implements OperationHandler {
  private final ObjectStore objects;

  GetObjectTagging(ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_OBJECT_TAGGING;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.OBJECT_DOCUMENTS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ObjectRef object = request.object();
    ObjectInfo info = objects.head(object, ReadOptions.ALL);
    ObjectTagging tagging =
        objects
            .document(object.atVersion(info.version().id()), ObjectTagging.DOCUMENT)
            .map(ObjectTagging::parse)
            .orElseGet(() -> ObjectTagging.of(List.of()));
    return S3Response.ok(tagging).header("x-amz-version-id", info.version().id());
  }
}
