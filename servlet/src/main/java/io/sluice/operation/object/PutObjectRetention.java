package io.sluice.operation.object;

import io.sluice.operation.ObjectLocks;
import io.sluice.operation.ObjectRetention;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Sets the retention of a version, or takes it away. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html">API</a>.
 */
final class PutObjectRetention implements OperationHandler {
  private final ObjectStore objects;
  private final ObjectLocks locks;

  PutObjectRetention(ObjectStore objects, ObjectLocks locks) {
    this.objects = objects;
    this.locks = locks;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_OBJECT_RETENTION;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.OBJECT_DOCUMENTS, Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ObjectLocks.requireChecksum(request);
    byte[] body = request.body().readAll(ObjectRetention.maxBodyBytes());
    locks.require(request.bucket());
    Optional<ObjectRetention> retention = ObjectRetention.parse(body, locks.now());
    objects.putDocument(
        request.object(),
        ObjectRetention.DOCUMENT,
        ObjectRetention.document(retention).bytes(),
        locks.change(request, retention));
    return S3Response.empty(200);
  }
}
