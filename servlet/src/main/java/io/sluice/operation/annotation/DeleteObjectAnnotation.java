package io.sluice.operation.annotation;

import io.sluice.operation.ObjectAnnotations;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.VersionGuard;
import java.io.IOException;
import java.util.Set;

/**
 * Takes an annotation of a version away for good; succeeds when there is none. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectAnnotation.html">API</a>.
 */
final class DeleteObjectAnnotation implements OperationHandler {
  private final ObjectStore objects;
  private final ObjectLocks locks;

  DeleteObjectAnnotation(ObjectStore objects, ObjectLocks locks) {
    this.objects = objects;
    this.locks = locks;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.DELETE_OBJECT_ANNOTATION;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.ANNOTATIONS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    String name = AnnotationName.of(request);
    VersionGuard guard =
        PutObjectAnnotation.both(ObjectCondition.of(request), locks.deletion(request));
    String versionId =
        ObjectAnnotations.change(
            objects,
            request.object(),
            before -> new ObjectAnnotations.Changed(before.without(name), guard));
    return S3Response.empty(204).header("x-amz-object-version-id", versionId);
  }
}
