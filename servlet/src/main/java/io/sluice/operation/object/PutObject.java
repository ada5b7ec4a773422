package io.sluice.operation.object;

import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.Acls;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectMetadata;
import io.sluice.operation.BodyPayload;
import io.sluice.operation.BucketProperties;
import io.sluice.operation.ChecksumHeaders;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.ObjectTagging;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.operation.WriteHeaders;
import io.sluice.protocol.ConditionHeaders;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.WriteOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Stores an object. The answer has no body: some clients take one for a failure. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">API</a>.
 */
final class PutObject implements OperationHandler {
  private static final String SIZE = "x-amz-object-size";

  /** What describes a new object; a content type is sent by clients that mean nothing by it. */
  private static final Set<String> NOT_OF_APPENDED =
      Set.of(
          "x-amz-tagging",
          "x-amz-acl",
          ObjectMetadata.STORAGE_CLASS,
          ObjectMetadata.WEBSITE_REDIRECT_LOCATION);

  private final ObjectStore objects;
  private final BucketStore buckets;
  private final ObjectLocks locks;
  private final Acls acls;
  private final Lifecycles lifecycles;

  PutObject(Storage storage, ObjectLocks locks, Acls acls, Lifecycles lifecycles) {
    this.objects = storage.objects();
    this.buckets = storage.buckets();
    this.locks = locks;
    this.acls = acls;
    this.lifecycles = lifecycles;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_OBJECT;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    Map<String, byte[]> documents = new HashMap<>(ObjectTagging.documents(request.headers()));
    documents.putAll(locks.documentsOfUpload(request));
    Acls.OfNewObject acl =
        acls.ofNewObject(request.bucket(), request.headers(), request.identity());
    documents.putAll(acl.documents());
    WriteOptions options =
        new WriteOptions(
            WriteHeaders.metadata(request.headers()),
            documents,
            ConditionHeaders.ofWrite(request.headers()),
            acl.ownerId());
    BodyPayload payload = BodyPayload.open(request, BucketProperties.of(buckets, request.bucket()));
    OptionalLong offset = offset(request.headers());
    ObjectInfo info;
    if (offset.isEmpty()) {
      info = objects.put(request.object(), options, payload);
    } else {
      long size = offset.getAsLong();
      info = objects.append(request.object(), size, options, payload);
    }
    S3Response response =
        S3Response.empty(200)
            .header("ETag", info.etag().quoted())
            .header("x-amz-version-id", info.version().id());
    lifecycles.describe(response, request.bucket(), info);
    ChecksumHeaders.add(response, info.checksums());
    return offset.isEmpty() ? response : response.header(SIZE, Long.toString(info.sizeBytes()));
  }

  /**
   * Where the body goes: behind an object of so many bytes; empty for a new object.
   *
   * @throws io.sluice.error.S3Exception InvalidRequest when the request also describes an object,
   *     since the one that grows stays what it is
   */
  private static OptionalLong offset(S3Headers headers) {
    String value = headers.get(WriteHeaders.WRITE_OFFSET);
    if (value == null) {
      return OptionalLong.empty();
    }
    if (!value.strip().matches("[0-9]{1,18}")) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The write offset is a number of bytes.")
          .with("ArgumentName", WriteHeaders.WRITE_OFFSET)
          .with("ArgumentValue", value);
    }
    long offset = Long.parseLong(value.strip());
    if (offset > 0) {
      for (String name : headers.names()) {
        if (name.startsWith("x-amz-meta-")
            || name.startsWith("x-amz-grant-")
            || NOT_OF_APPENDED.contains(name)) {
          throw S3ErrorCode.INVALID_REQUEST.exception(
              "An object that is appended to keeps its properties: " + name + " is not allowed.");
        }
      }
    }
    return OptionalLong.of(offset);
  }
}
