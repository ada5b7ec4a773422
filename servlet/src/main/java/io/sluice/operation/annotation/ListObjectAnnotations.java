package io.sluice.operation.annotation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.Utf8Order;
import io.sluice.operation.ObjectAnnotations;
import io.sluice.operation.ObjectAnnotations.Annotation;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.ContinuationToken;
import io.sluice.protocol.IntegerParameter;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The annotations of a version by name. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectAnnotations.html">API</a>.
 */
final class ListObjectAnnotations implements OperationHandler {
  private static final String MAX_RESULTS = "max-annotation-results";

  private final ObjectStore objects;

  ListObjectAnnotations(ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.LIST_OBJECT_ANNOTATIONS;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.ANNOTATIONS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    int limit = limit(request.query().get(MAX_RESULTS));
    String prefix = AnnotationName.prefix(request);
    String token = request.query().nonEmpty("continuation-token").orElse(null);
    String after = token == null ? null : ContinuationToken.parse(token);
    ObjectInfo info = objects.head(request.object(), ReadOptions.ALL);
    ObjectRef version = request.object().atVersion(info.version().id());
    List<Annotation> rest =
        ObjectAnnotations.of(objects, version).annotations().stream()
            .filter(each -> prefix == null || each.name().startsWith(prefix))
            .filter(each -> after == null || Utf8Order.INSTANCE.compare(each.name(), after) > 0)
            .toList();
    boolean more = rest.size() > limit;
    List<Annotation> page = more ? rest.subList(0, limit) : rest;
    return S3Response.ok(
            new ListObjectAnnotationsResult(
                new Annotations(page.stream().map(AnnotationEntry::of).toList()),
                request.bucket().value(),
                request.key().value(),
                prefix,
                limit,
                page.size(),
                token,
                more ? ContinuationToken.of(page.get(limit - 1).name()) : null))
        .header("x-amz-object-version-id", info.version().id());
  }

  private static int limit(@Nullable String text) {
    int most = ObjectAnnotations.MAX_COUNT;
    int limit = text == null ? most : IntegerParameter.parse(MAX_RESULTS, text, 1);
    if (limit > most) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The most results of a page are 1 to " + most)
          .with("ArgumentName", MAX_RESULTS)
          .with("ArgumentValue", text);
    }
    return limit;
  }

  @JsonRootName("ListObjectAnnotationsResult")
  record ListObjectAnnotationsResult(
      Annotations annotations,
      String bucket,
      String key,
      @Nullable String annotationPrefix,
      int maxAnnotationResults,
      int annotationCount,
      @Nullable String continuationToken,
      @Nullable String nextContinuationToken) {}

  record Annotations(List<AnnotationEntry> annotationEntry) {}

  record AnnotationEntry(
      String annotationName,
      String lastModified,
      @JsonProperty("ETag") String etag,
      List<String> checksumAlgorithm,
      long size) {
    static AnnotationEntry of(Annotation annotation) {
      return new AnnotationEntry(
          annotation.name(),
          annotation.lastModified(),
          annotation.etag(),
          List.of(annotation.algorithm()),
          annotation.sizeBytes());
    }
  }
}
