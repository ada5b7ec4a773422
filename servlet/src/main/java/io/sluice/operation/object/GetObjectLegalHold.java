package io.sluice.operation.object;

import io.sluice.error.S3ErrorCode;
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
 * The legal hold of a version. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html">API</a>.
 */
final class GetObjectLegalHold implements OperationHandler {
  private final ObjectStore objects;
  private final ObjectLocks locks;

  GetObjectLegalHold(ObjectStore objects, ObjectLocks locks) {
    this.objects = objects;
    this.locks = locks;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_OBJECT_LEGAL_HOLD;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.OBJECT_DOCUMENTS, Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    locks.require(request.bucket());
    LegalHold hold =
        objects
            .document(request.object(), LegalHold.DOCUMENT)
            .map(LegalHold::parse)
            .orElseThrow(
                () ->
                    S3ErrorCode.NO_SUCH_OBJECT_LOCK_CONFIGURATION
                        .exception()
                        .with("Key", request.key()));
    return S3Response.ok(hold);
  }
}
