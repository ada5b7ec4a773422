package io.sluice.operation.object;

import io.sluice.lifecycle.Lifecycles;
import io.sluice.model.ByteRange;
import io.sluice.model.ObjectInfo;
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
 * What GetObject would answer, without the bytes. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">API</a>.
 */
final class HeadObject implements OperationHandler {
  private final ObjectStore objects;
  private final ObjectLocks locks;
  private final Lifecycles lifecycles;

  HeadObject(ObjectStore objects, ObjectLocks locks, Lifecycles lifecycles) {
    this.objects = objects;
    this.locks = locks;
    this.lifecycles = lifecycles;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.HEAD_OBJECT;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ReadHeaders read = ReadHeaders.from(request);
    try {
      if (read.partial()) {
        try (ObjectContent content = objects.get(request.object(), read.options())) {
          return answer(request, read, content.info(), content.range());
        }
      }
      ObjectInfo info = objects.head(request.object(), read.options());
      return answer(request, read, info, new ByteRange.Resolved(0, info.sizeBytes()));
    } catch (NotModifiedException e) {
      return ReadHeaders.describeUnmodified(S3Response.empty(304), e.info());
    }
  }

  private S3Response answer(
      S3Request request, ReadHeaders read, ObjectInfo info, ByteRange.Resolved range)
      throws IOException {
    ObjectRef version = request.object().atVersion(info.version().id());
    S3Response response = read.describe(S3Response.empty(read.status()), info, range);
    lifecycles.describe(response, request.bucket(), info);
    locks.describe(response, objects, version);
    return response
        .header("Content-Length", Long.toString(range.length()))
        .header(ObjectMetadata.TAGGING_COUNT, ObjectTagging.count(objects, version, info));
  }
}
