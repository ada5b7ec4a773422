package io.sluice.operation.object;

import io.sluice.lifecycle.Lifecycles;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.ObjectTagging;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.NotModifiedException;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import java.io.IOException;

/**
 * An object's bytes, a range or a part of them. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">API</a>.
 */
final class GetObject implements OperationHandler {
  private final ObjectStore objects;
  private final ObjectLocks locks;
  private final Lifecycles lifecycles;

  GetObject(ObjectStore objects, ObjectLocks locks, Lifecycles lifecycles) {
    this.objects = objects;
    this.locks = locks;
    this.lifecycles = lifecycles;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_OBJECT;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ReadHeaders read = ReadHeaders.from(request);
    try {
      ObjectContent content = objects.get(request.object(), read.options());
      try {
        return answer(request, read, content);
      } catch (IOException | RuntimeException e) {
        content.close();
        throw e;
      }
    } catch (NotModifiedException e) {
      return ReadHeaders.describeUnmodified(S3Response.empty(304), e.info());
    }
  }

  private S3Response answer(S3Request request, ReadHeaders read, ObjectContent content)
      throws IOException {
    lifecycles.archives().requireReadable(request.bucket(), content.info());
    S3Response response = S3Response.content(read.status(), content);
    read.describe(response, content.info(), content.range());
    ObjectRef version = request.object().atVersion(content.info().version().id());
    lifecycles.describe(response, request.bucket(), content.info());
    locks.describe(response, objects, version);
    return response.header(
        ObjectMetadata.TAGGING_COUNT, ObjectTagging.count(objects, version, content.info()));
  }
}
