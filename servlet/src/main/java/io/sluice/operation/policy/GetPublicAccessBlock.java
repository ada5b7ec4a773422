package io.sluice.operation.policy;

import io.sluice.error.S3ErrorCode;
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
 * What a bucket does against being public. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html">API</a>.
 */
final class GetPublicAccessBlock implements OperationHandler {
  private final BucketStore buckets;

  GetPublicAccessBlock(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_PUBLIC_ACCESS_BLOCK;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    return S3Response.ok(
        PublicAccessBlock.of(buckets, request.bucket())
            .orElseThrow(
                () ->
                    S3ErrorCode.NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION
                        .exception()
                        .with("BucketName", request.bucket())));
  }
}
