package io.sluice.operation.multipart;

import io.sluice.encryption.ServerSideEncryption;
import io.sluice.model.PartInfo;
import io.sluice.model.UploadInfo;
import io.sluice.operation.BodyPayload;
import io.sluice.operation.BucketProperties;
import io.sluice.operation.ChecksumHeaders;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.UploadRef;
import io.sluice.storage.encryption.KeyWrapping;
import java.io.IOException;

/**
 * Stores a part. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html">API</a>.
 */
final class UploadPart implements OperationHandler {
  private final MultipartStore uploads;
  private final BucketStore buckets;
  private final ServerSideEncryption encryption;

  UploadPart(MultipartStore uploads, BucketStore buckets, ServerSideEncryption encryption) {
    this.uploads = uploads;
    this.buckets = buckets;
    this.encryption = encryption;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.UPLOAD_PART;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    UploadRef upload = UploadParameters.upload(request);
    int partNumber = UploadParameters.partNumber(request);
    UploadInfo info = uploads.head(upload);
    KeyWrapping wrapping = encryption.ofPart(request, info);
    BucketProperties properties = BucketProperties.of(buckets, request.bucket());
    BodyPayload payload = BodyPayload.open(request, properties);
    PartInfo part = uploads.uploadPart(upload, partNumber, payload, wrapping);
    S3Response response = S3Response.empty(200).header("ETag", part.etag().quoted());
    ServerSideEncryption.describe(response, info.encryption(), request);
    ChecksumHeaders.addOfPart(response, part.checksums());
    return response;
  }
}
