package io.sluice.operation.annotation;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ByteRange;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.operation.ChecksumHeaders;
import io.sluice.operation.ObjectAnnotations;
import io.sluice.operation.ObjectAnnotations.Annotation;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.ContentSink;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The payload of an annotation. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAnnotation.html">API</a>.
 */
final class GetObjectAnnotation implements OperationHandler {
  private final ObjectStore objects;

  GetObjectAnnotation(ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_OBJECT_ANNOTATION;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.ANNOTATIONS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    String name = AnnotationName.of(request);
    ObjectInfo info = objects.head(request.object(), ReadOptions.ALL);
    ObjectRef version = request.object().atVersion(info.version().id());
    while (true) {
      Annotation annotation =
          ObjectAnnotations.of(objects, version)
              .named(name)
              .orElseThrow(
                  () -> S3ErrorCode.NO_SUCH_ANNOTATION.exception().with("AnnotationName", name));
      byte[] payload = objects.document(version, annotation.document()).orElse(null);
      if (payload != null) {
        return answer(request, info, annotation, payload);
      }
      // Replaced in between: the list names another document by now.
      if (ObjectAnnotations.of(objects, version)
          .named(name)
          .filter(annotation::equals)
          .isPresent()) {
        throw S3ErrorCode.NO_SUCH_ANNOTATION.exception().with("AnnotationName", name);
      }
    }
  }

  private static S3Response answer(
      S3Request request, ObjectInfo info, Annotation annotation, byte[] payload) {
    S3Response response =
        S3Response.content(200, new Payload(info, payload))
            .header("Content-Type", "binary/octet-stream")
            .header(
                "Last-Modified",
                HttpDate.parse(annotation.lastModified()).map(HttpDate::format).orElse(null))
            .header("ETag", annotation.etag())
            .header("x-amz-object-version-id", info.version().id());
    if ("ENABLED".equalsIgnoreCase(request.headers().get("x-amz-checksum-mode"))) {
      ChecksumHeaders.add(response, List.of(annotation.checksum()));
    }
    return response;
  }

  /** A payload at hand as the body of an answer. */
  private static final class Payload implements ObjectContent {
    private final ObjectInfo info;
    private final byte[] bytes;

    Payload(ObjectInfo info, byte[] bytes) {
      this.info = info;
      this.bytes = bytes;
    }

    @Override
    public ObjectInfo info() {
      return info;
    }

    @Override
    public ByteRange.Resolved range() {
      return new ByteRange.Resolved(0, bytes.length);
    }

    @Override
    public void transferTo(ContentSink sink) throws IOException {
      sink.write(bytes, 0, bytes.length);
    }

    @Override
    public void close() {}
  }
}
