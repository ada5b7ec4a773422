package io.sluice.operation.encryption;

import io.sluice.encryption.BucketEncryption;
import io.sluice.error.S3ErrorCode;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * What a bucket's new objects are encrypted with. AWS names AES256 for every bucket, since it
 * encrypts all; a bucket here that was told nothing does not. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html">API</a>.
 */
final class GetBucketEncryption implements OperationHandler {
  private final BucketStore buckets;

  GetBucketEncryption(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_BUCKET_ENCRYPTION;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS, Capability.ENCRYPTION);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    return S3Response.ok(
        BucketEncryption.of(buckets, request.bucket())
            .orElseThrow(
                () ->
                    S3ErrorCode.SERVER_SIDE_ENCRYPTION_CONFIGURATION_NOT_FOUND
                        .exception()
                        .with("BucketName", request.bucket())));
  }
}
