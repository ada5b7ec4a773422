package io.sluice.operation.lifecycle;

import io.sluice.error.S3ErrorCode;
import io.sluice.lifecycle.LifecycleConfiguration;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * The lifecycle rules of a bucket. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html">API</a>.
 */
final class GetBucketLifecycleConfiguration implements OperationHandler {
  private final BucketStore buckets;

  GetBucketLifecycleConfiguration(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_BUCKET_LIFECYCLE_CONFIGURATION;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    LifecycleConfiguration configuration =
        LifecycleConfiguration.of(buckets, request.bucket())
            .orElseThrow(
                () ->
                    S3ErrorCode.NO_SUCH_LIFECYCLE_CONFIGURATION
                        .exception()
                        .with("BucketName", request.bucket()));
    return S3Response.ok(configuration.onTheWire())
        .header(
            LifecycleConfiguration.MINIMUM_SIZE,
            configuration.transitionDefaultMinimumObjectSize());
  }
}
