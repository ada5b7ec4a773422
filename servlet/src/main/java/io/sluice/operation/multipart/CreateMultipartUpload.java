package io.sluice.operation.multipart;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.Acls;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ChecksumType;
import io.sluice.model.Preconditions;
import io.sluice.model.UploadInfo;
import io.sluice.operation.ChecksumHeaders;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.ObjectTagging;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.operation.WriteHeaders;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.WriteOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Begins a multipart upload. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html">API</a>.
 */
final class CreateMultipartUpload implements OperationHandler {
  private final MultipartStore uploads;
  private final ObjectLocks locks;
  private final Acls acls;
  private final Lifecycles lifecycles;

  CreateMultipartUpload(
      MultipartStore uploads, ObjectLocks locks, Acls acls, Lifecycles lifecycles) {
    this.uploads = uploads;
    this.locks = locks;
    this.acls = acls;
    this.lifecycles = lifecycles;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.CREATE_MULTIPART_UPLOAD;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    S3Headers headers = request.headers();
    ChecksumAlgorithm algorithm = ChecksumHeaders.algorithm(headers);
    ChecksumType type = type(headers, algorithm);
    Map<String, byte[]> documents = new HashMap<>(ObjectTagging.documents(headers));
    documents.putAll(locks.documents(request));
    Acls.OfNewObject acl = acls.ofNewObject(request.bucket(), headers, request.identity());
    documents.putAll(acl.documents());
    WriteOptions object =
        new WriteOptions(
            WriteHeaders.metadata(headers), documents, Preconditions.NONE, acl.ownerId());
    UploadInfo upload =
        uploads.create(request.object(), new UploadOptions(object, algorithm, type));
    S3Response response =
        S3Response.ok(
                new InitiateMultipartUploadResult(
                    request.bucket().value(), request.key().value(), upload.uploadId()))
            .header("x-amz-checksum-algorithm", algorithm == null ? null : algorithm.wireName())
            .header("x-amz-checksum-type", type == null ? null : type.name());
    return lifecycles.describe(response, request.bucket(), upload);
  }

  /** CRC64NVME covers the whole object, the SHAs and hashes their parts, the other CRCs either. */
  private static @Nullable ChecksumType type(
      S3Headers headers, @Nullable ChecksumAlgorithm algorithm) {
    String text = headers.nonBlank("x-amz-checksum-type").orElse(null);
    if (algorithm == null) {
      if (text != null) {
        throw S3ErrorCode.INVALID_REQUEST.exception(
            "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm"
                + " header.");
      }
      return null;
    }
    ChecksumType natural =
        algorithm == ChecksumAlgorithm.CRC64NVME
            ? ChecksumType.FULL_OBJECT
            : ChecksumType.COMPOSITE;
    if (text == null) {
      return natural;
    }
    boolean fits =
        switch (text) {
          case "FULL_OBJECT" -> algorithm.combinable();
          case "COMPOSITE" -> algorithm != ChecksumAlgorithm.CRC64NVME;
          default ->
              throw S3ErrorCode.INVALID_REQUEST.exception(
                  "Value for x-amz-checksum-type header is invalid.");
        };
    if (!fits) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "The "
              + text
              + " checksum type cannot be used with the "
              + algorithm.wireName()
              + " checksum algorithm.");
    }
    return ChecksumType.valueOf(text);
  }

  @JsonRootName("InitiateMultipartUploadResult")
  record InitiateMultipartUploadResult(String bucket, String key, String uploadId) {}
}
