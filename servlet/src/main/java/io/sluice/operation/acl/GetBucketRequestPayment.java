package io.sluice.operation.acl;

import io.sluice.operation.OperationHandler;
import io.sluice.operation.RequestPayment;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * Who pays for requests to a bucket: its owner unless it was said otherwise. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html">API</a>.
 */
final class GetBucketRequestPayment implements OperationHandler {
  private final BucketStore buckets;

  GetBucketRequestPayment(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_BUCKET_REQUEST_PAYMENT;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    return S3Response.ok(
        RequestPaymentConfiguration.of(RequestPayment.payer(buckets, request.bucket())));
  }
}
