package io.sluice.operation.object;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.encryption.ServerSideEncryption;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.Acls;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.model.ChecksumType;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.operation.ChecksumElements;
import io.sluice.operation.ChecksumHeaders;
import io.sluice.operation.Directive;
import io.sluice.operation.ObjectAnnotations;
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
import io.sluice.storage.Capability;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.encryption.KeyWrapping;
import java.io.IOException;
import java.util.HashMap;
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
  private final boolean annotated;
  private final ObjectLocks locks;
  private final Acls acls;
  private final Lifecycles lifecycles;
  private final ServerSideEncryption encryption;
  private final long largestBytes;

  CopyObject(Storage storage, ObjectLocks locks, ObjectOperations.Rules rules) {
    this.objects = storage.objects();
    this.annotated = storage.capabilities().contains(Capability.ANNOTATIONS);
    this.locks = locks;
    this.acls = rules.acls();
    this.lifecycles = rules.lifecycles();
    this.encryption = rules.encryption();
    this.largestBytes = rules.largestCopyBytes();
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
    KeyUnwrapping keys = encryption.ofCopySource(request);
    KeyWrapping wrapping = encryption.ofWrite(request);
    ObjectInfo found = objects.head(source, ReadOptions.ALL.with(keys));
    checkSize(found);
    lifecycles.archives().requireCopyable(source.bucket(), found);
    CopyOptions options = input.options().withEncryption(keys, wrapping);
    if (!ObjectAnnotations.copied(request.headers()) || !annotated) {
      return S3Response.deferred(() -> copy(source, request, options));
    }
    ObjectAnnotations annotations =
        ObjectAnnotations.of(objects, source.atVersion(found.version().id()));
    CopyOptions all = options.withCopiedDocuments(annotations.documents());
    return S3Response.deferred(
        () -> {
          S3Response response = copy(source, request, all);
          checkUnchanged(request, response, annotations);
          return response;
        });
  }

  private S3Response copy(ObjectRef source, S3Request request, CopyOptions options)
      throws IOException {
    ObjectInfo copy = objects.copy(source, request.object(), options);
    S3Response response = S3Response.ok(CopyObjectResult.of(copy));
    ServerSideEncryption.describeWrite(response, copy.encryption(), request)
        .header("x-amz-version-id", copy.version().id())
        .header("x-amz-copy-source-version-id", source.versionId());
    return lifecycles.describe(response, request.bucket(), copy);
  }

  /** AWS: annotations that change during a copy make it fail, to be tried again. */
  private void checkUnchanged(S3Request request, S3Response response, ObjectAnnotations expected)
      throws IOException {
    ObjectRef copy = request.object().atVersion(response.headers().get("x-amz-version-id"));
    if (!ObjectAnnotations.of(objects, copy).equals(expected)) {
      throw S3ErrorCode.OPERATION_ABORTED.exception();
    }
  }

  private void checkSize(ObjectInfo source) {
    if (source.sizeBytes() > largestBytes) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "The specified copy source is larger than the maximum allowable size for a copy source: "
              + largestBytes);
    }
  }

  private record Input(CopyOptions options) {
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
      // AWS: the copy has those of the request, whatever the directive says.
      Map<String, String> own = new HashMap<>(given.system());
      own.keySet().retainAll(OF_THE_REQUEST);
      return new Input(
          new CopyOptions(
                  ConditionHeaders.ofCopySource(headers),
                  replaceMetadata ? given : null,
                  replaceTags ? Set.of() : Set.of(ObjectTagging.DOCUMENT),
                  documents,
                  ConditionHeaders.ofWrite(headers),
                  ownerId,
                  ChecksumHeaders.algorithm(headers))
              .withOwn(own));
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
              || ServerSideEncryption.isNamed(request)
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
