package io.sluice.operation.lifecycle;

import io.sluice.lifecycle.LifecycleConfiguration;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.Set;

/**
 * Sets the lifecycle rules of a bucket, in place of those before. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html">API</a>.
 */
final class PutBucketLifecycleConfiguration implements OperationHandler {
  private final Storage storage;

  PutBucketLifecycleConfiguration(Storage storage) {
    this.storage = storage;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_BUCKET_LIFECYCLE_CONFIGURATION;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    ObjectLocks.requireChecksum(request);
    LifecycleConfiguration configuration =
        LifecycleConfiguration.parse(
            request.body().readAll(LifecycleConfiguration.maxBodyBytes()),
            request.headers().get(LifecycleConfiguration.MINIMUM_SIZE));
    configuration.put(storage, request.bucket());
    return S3Response.empty(200)
        .header(
            LifecycleConfiguration.MINIMUM_SIZE,
            configuration.transitionDefaultMinimumObjectSize());
  }
}
