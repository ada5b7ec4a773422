package io.sluice.operation.encryption;

import io.sluice.encryption.BucketEncryption;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * Sets what a bucket's new objects are encrypted with. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html">API</a>.
 */
final class PutBucketEncryption implements OperationHandler {
  private final BucketStore buckets;

  PutBucketEncryption(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_BUCKET_ENCRYPTION;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS, Capability.ENCRYPTION);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    byte[] body = request.body().readAll(BucketEncryption.maxBodyBytes());
    BucketEncryption configuration = BucketEncryption.parse(body);
    buckets.putSetting(request.bucket(), BucketEncryption.SETTING, configuration.bytes());
    return S3Response.empty(200);
  }
}
