package io.sluice.operation.object;

import io.sluice.operation.LegalHold;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.ObjectStore;
import java.io.IOException;
import java.util.Set;

/**
 * Puts a version on legal hold or lets it go. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html">API</a>.
 */
final class PutObjectLegalHold implements OperationHandler {
  private final ObjectStore objects;
  private final ObjectLocks locks;

  PutObjectLegalHold(ObjectStore objects, ObjectLocks locks) {
    this.objects = objects;
    this.locks = locks;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_OBJECT_LEGAL_HOLD;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.OBJECT_DOCUMENTS, Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ObjectLocks.requireChecksum(request);
    byte[] body = request.body().readAll(LegalHold.maxBodyBytes());
    locks.require(request.bucket());
    objects.putDocument(request.object(), LegalHold.DOCUMENT, LegalHold.parse(body).bytes());
    return S3Response.empty(200);
  }
}
