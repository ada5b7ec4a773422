package io.sluice.operation.bucket;

import io.sluice.error.S3ErrorCode;
import io.sluice.operation.ObjectLockConfiguration;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * The object lock of a bucket. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html">API</a>.
 */
final class GetObjectLockConfiguration implements OperationHandler {
  private final BucketStore buckets;

  GetObjectLockConfiguration(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_OBJECT_LOCK_CONFIGURATION;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    return S3Response.ok(
        ObjectLockConfiguration.of(buckets, request.bucket())
            .orElseThrow(
                () ->
                    S3ErrorCode.OBJECT_LOCK_CONFIGURATION_NOT_FOUND
                        .exception()
                        .with("BucketName", request.bucket())));
  }
}
