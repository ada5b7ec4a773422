package io.sluice.operation.bucket;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.Versioning;
import io.sluice.operation.ObjectLockConfiguration;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * Lets a bucket's versions be locked, for good, and sets the retention that new ones get. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html">API</a>.
 */
final class PutObjectLockConfiguration implements OperationHandler {
  private final BucketStore buckets;

  PutObjectLockConfiguration(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_OBJECT_LOCK_CONFIGURATION;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS, Capability.VERSIONING);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ObjectLocks.requireChecksum(request);
    ObjectLockConfiguration configuration =
        ObjectLockConfiguration.parse(
            request.body().readAll(ObjectLockConfiguration.maxBodyBytes()));
    buckets.putSetting(
        request.bucket(),
        ObjectLockConfiguration.SETTING,
        configuration.bytes(),
        (bucket, settings) -> {
          if (bucket.versioning() != Versioning.ENABLED) {
            throw S3ErrorCode.INVALID_BUCKET_STATE.exception(
                "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
          }
        });
    return S3Response.empty(200);
  }
}
