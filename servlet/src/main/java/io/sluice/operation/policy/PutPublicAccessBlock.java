package io.sluice.operation.policy;

import io.sluice.operation.OperationHandler;
import io.sluice.operation.PublicAccessBlock;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * Sets what a bucket does against being public; it counts at once. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html">API</a>.
 */
final class PutPublicAccessBlock implements OperationHandler {
  private final BucketStore buckets;

  PutPublicAccessBlock(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_PUBLIC_ACCESS_BLOCK;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    PublicAccessBlock block =
        PublicAccessBlock.parse(request.body().readAll(PublicAccessBlock.maxBodyBytes()));
    buckets.putSetting(request.bucket(), PublicAccessBlock.SETTING, block.bytes());
    return S3Response.empty(200);
  }
}
