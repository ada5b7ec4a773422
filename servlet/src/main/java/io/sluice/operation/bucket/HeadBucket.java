package io.sluice.operation.bucket;

import io.sluice.model.BucketInfo;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import java.io.IOException;

/**
 * Whether a bucket is there, and where. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">API</a>.
 */
final class HeadBucket implements OperationHandler {
  private final BucketStore buckets;

  HeadBucket(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.HEAD_BUCKET;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    BucketInfo bucket = buckets.head(request.bucket());
    return S3Response.empty(200)
        .header("Content-Type", "application/xml")
        .header("x-amz-bucket-region", bucket.region())
        .header("x-amz-bucket-arn", "arn:aws:s3:::" + bucket.name())
        .header("x-amz-access-point-alias", "false");
  }
}
