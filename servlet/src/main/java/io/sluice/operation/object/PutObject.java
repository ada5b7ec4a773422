package io.sluice.operation.object;

import io.sluice.model.ObjectInfo;
import io.sluice.operation.BodyPayload;
import io.sluice.operation.ChecksumHeaders;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.ObjectTagging;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.operation.WriteHeaders;
import io.sluice.protocol.ConditionHeaders;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.WriteOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Stores an object. The answer has no body: some clients take one for a failure. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">API</a>.
 */
final class PutObject implements OperationHandler {
  private final ObjectStore objects;
  private final ObjectLocks locks;

  PutObject(ObjectStore objects, ObjectLocks locks) {
    this.objects = objects;
    this.locks = locks;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_OBJECT;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    Map<String, byte[]> documents = new HashMap<>(ObjectTagging.documents(request.headers()));
    documents.putAll(locks.documentsOfUpload(request));
    WriteOptions options =
        new WriteOptions(
            WriteHeaders.metadata(request.headers()),
            documents,
            ConditionHeaders.ofWrite(request.headers()),
            request.identity().canonicalId());
    ObjectInfo info = objects.put(request.object(), options, BodyPayload.open(request));
    S3Response response =
        S3Response.empty(200)
            .header("ETag", info.etag().quoted())
            .header("x-amz-version-id", info.version().id());
    ChecksumHeaders.add(response, info.checksums());
    return response;
  }
}
