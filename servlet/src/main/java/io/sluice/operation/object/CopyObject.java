package io.sluice.operation.object;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.Acls;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.model.ChecksumType;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.operation.BodyPayload;
import io.sluice.operation.ChecksumElements;
import io.sluice.operation.ChecksumHeaders;
import io.sluice.operation.Directive;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.ObjectTagging;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.operation.WriteHeaders;
import io.sluice.protocol.ConditionHeaders;
import io.sluice.protocol.CopySource;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies an object. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">API</a>.
 */
final class CopyObject implements OperationHandler {
  private static final List<String> OF_THE_REQUEST =
      List.of(ObjectMetadata.STORAGE_CLASS, ObjectMetadata.WEBSITE_REDIRECT_LOCATION);

  private final ObjectStore objects;
  private final ObjectLocks locks;
  private final Acls acls;
  private final Lifecycles lifecycles;

  CopyObject(ObjectStore objects, ObjectLocks locks, Acls acls, Lifecycles lifecycles) {
    this.objects = objects;
    this.locks = locks;
    this.acls = acls;
    this.lifecycles = lifecycles;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.COPY_OBJECT;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ObjectRef source = CopySource.parse(request.headers().get(CopySource.HEADER));
    Acls.OfNewObject acl =
        acls.ofNewObject(request.bucket(), request.headers(), request.identity());
    Map<String, byte[]> documents = new HashMap<>(locks.documents(request));
    documents.putAll(acl.documents());
    Input input = Input.from(request, documents, acl.ownerId());
    input.checkChange(source, request);
    ObjectInfo found = objects.head(source, ReadOptions.ALL);
    checkSize(found);
    lifecycles.archives().requireCopyable(source.bucket(), found);
    CopyOptions options = input.options(found.metadata());
    return S3Response.deferred(() -> copy(source, request.object(), options));
  }

  private S3Response copy(ObjectRef source, ObjectRef target, CopyOptions options)
      throws IOException {
    ObjectInfo copy = objects.copy(source, target, options);
    S3Response response =
        S3Response.ok(CopyObjectResult.of(copy))
            .header("x-amz-version-id", copy.version().id())
            .header("x-amz-copy-source-version-id", source.versionId());
    return lifecycles.describe(response, target.bucket(), copy);
  }

  private static void checkSize(ObjectInfo source) {
    if (source.sizeBytes() > BodyPayload.MAX_BYTES) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "The specified copy source is larger than the maximum allowable size for a copy source: "
              + BodyPayload.MAX_BYTES);
    }
  }

  private record Input(CopyOptions options, ObjectMetadata given) {
    static Input from(S3Request request, Map<String, byte[]> ofTarget, String ownerId) {
      S3Headers headers = request.headers();
      boolean replaceMetadata =
          Directive.of(headers, "x-amz-metadata-directive") == Directive.REPLACE;
      boolean replaceTags = Directive.of(headers, "x-amz-tagging-directive") == Directive.REPLACE;
      ObjectMetadata given = WriteHeaders.metadata(headers);
      Map<String, byte[]> documents = new HashMap<>(ofTarget);
      if (replaceTags) {
        documents.putAll(ObjectTagging.documents(headers));
      }
      return new Input(
          new CopyOptions(
              ConditionHeaders.ofCopySource(headers),
              replaceMetadata ? given : null,
              replaceTags ? Set.of() : Set.of(ObjectTagging.DOCUMENT),
              documents,
              ConditionHeaders.ofWrite(headers),
              ownerId,
              ChecksumHeaders.algorithm(headers)),
          given);
    }

    /**
     * The options for a source. AWS copies neither its storage class nor its website redirect: the
     * copy has those of the request, whatever the directive says.
     */
    CopyOptions options(ObjectMetadata source) {
      if (options.metadata() != null) {
        return options;
      }
      Map<String, String> system = new LinkedHashMap<>(source.system());
      for (String name : OF_THE_REQUEST) {
        system.remove(name);
        String value = given.system(name);
        if (value != null) {
          system.put(name, value);
        }
      }
      return system.equals(source.system())
          ? options
          : options.withMetadata(new ObjectMetadata(system, source.user()));
    }

    /** An object can be copied to itself only to change something. */
    void checkChange(ObjectRef source, S3Request request) {
      boolean same =
          source.bucket().equals(request.bucket())
              && source.key().equals(request.key())
              && source.versionId() == null;
      boolean changes =
          options.metadata() != null
              || options.copiedDocuments().isEmpty()
              || options.checksumAlgorithm() != null
              || request.headers().has(ObjectMetadata.STORAGE_CLASS)
              || request.headers().has(ObjectMetadata.WEBSITE_REDIRECT_LOCATION);
      if (same && !changes) {
        throw S3ErrorCode.INVALID_REQUEST.exception(
            "This copy request is illegal because it is trying to copy an object to itself without"
                + " changing the object's metadata, storage class, website redirect location or"
                + " encryption attributes.");
      }
    }
  }

  @JsonRootName("CopyObjectResult")
  record CopyObjectResult(
      String lastModified,
      String eTag,
      @Nullable ChecksumType checksumType,
      @JsonAnyGetter Map<String, String> checksums) {
    static CopyObjectResult of(ObjectInfo info) {
      return new CopyObjectResult(
          HttpDate.iso(info.modifiedAt()),
          info.etag().quoted(),
          info.checksums().isEmpty() ? null : info.checksums().get(0).type(),
          ChecksumElements.of(info.checksums()));
    }
  }
}
