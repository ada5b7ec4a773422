package io.sluice.operation.object;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.ETag;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.operation.Authorizer;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.ConditionHeaders;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.DeleteTarget;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.VersionGuard;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes up to 1,000 objects, each by itself. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html">API</a>.
 */
final class DeleteObjects implements OperationHandler {
  /** AWS: the most keys of a request. */
  private static final int MAX_OBJECTS = 1000;

  /** Room for as many keys of 1,024 bytes, each byte a numeric reference. */
  private static final int MAX_BODY_BYTES = 8 << 20;

  private final ObjectStore objects;
  private final BucketStore buckets;
  private final ObjectLocks locks;
  private final Authorizer authorizer;

  DeleteObjects(Storage storage, ObjectLocks locks, Authorizer authorizer) {
    this.objects = storage.objects();
    this.buckets = storage.buckets();
    this.locks = locks;
    this.authorizer = authorizer;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.DELETE_OBJECTS;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    if (!request.body().hasDeclaredChecksum()) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
    }
    Delete delete = XmlBodies.read(request.body().readAll(MAX_BODY_BYTES), Delete.class);
    if (delete.object().isEmpty() || delete.object().size() > MAX_OBJECTS) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    buckets.head(request.bucket()); // a bucket that is not there is no failure of each key
    List<Failure> failures = new ArrayList<>();
    List<DeleteTarget> targets = new ArrayList<>();
    String ownerId = request.identity().canonicalId();
    VersionGuard guard = locks.deletion(request);
    for (Target target : delete.object()) {
      try {
        DeleteTarget parsed = target.parse(ownerId, guard);
        S3Request ofOne =
            request.about(new ObjectRef(request.bucket(), parsed.key(), parsed.versionId()));
        authorizer.authorize(request.identity(), operation(), ofOne.target(), ofOne);
        targets.add(parsed);
      } catch (S3Exception e) {
        failures.add(Failure.of(target.key(), target.versionId(), e));
      }
    }
    List<Deleted> deleted = new ArrayList<>();
    for (DeleteResult result : objects.deleteAll(request.bucket(), targets)) {
      S3Exception error = result.error();
      if (error != null) {
        failures.add(Failure.of(result.key().value(), result.versionId(), error));
      } else if (!delete.isQuiet()) {
        deleted.add(Deleted.of(result));
      }
    }
    return S3Response.ok(new DeleteResultDocument(deleted, failures));
  }

  @JsonRootName("Delete")
  record Delete(@Nullable List<Target> object, @Nullable Boolean quiet) {
    Delete {
      object = object == null ? List.of() : List.copyOf(object);
    }

    @Override
    public List<Target> object() {
      return object == null ? List.of() : object;
    }

    boolean isQuiet() {
      return Boolean.TRUE.equals(quiet);
    }
  }

  record Target(
      @Nullable String key,
      @Nullable String versionId,
      @Nullable String eTag,
      @Nullable String lastModifiedTime,
      @Nullable Long size) {
    DeleteTarget parse(String ownerId, VersionGuard guard) {
      Preconditions conditions =
          new Preconditions(
              eTag == null ? null : List.of(ETag.parse(eTag)),
              null,
              null,
              null,
              lastModifiedTime == null
                  ? null
                  : ConditionHeaders.requiredDate("LastModifiedTime", lastModifiedTime),
              size);
      String version = versionId == null || versionId.isEmpty() ? null : versionId;
      return new DeleteTarget(
          new ObjectKey(key == null ? "" : key),
          version,
          new DeleteOptions(conditions, ownerId, guard));
    }
  }

  @JsonRootName("DeleteResult")
  record DeleteResultDocument(
      List<Deleted> deleted, @JsonProperty("Error") List<Failure> failures) {}

  record Deleted(
      String key,
      @Nullable String versionId,
      @Nullable Boolean deleteMarker,
      @Nullable String deleteMarkerVersionId) {
    static Deleted of(DeleteResult result) {
      return new Deleted(
          result.key().value(),
          result.versionId(),
          result.deleteMarker() ? true : null,
          result.deleteMarkerVersionId());
    }
  }

  record Failure(@Nullable String key, @Nullable String versionId, String code, String message) {
    static Failure of(@Nullable String key, @Nullable String versionId, S3Exception e) {
      return new Failure(key, versionId, e.code().wireCode(), e.message());
    }
  }
}
