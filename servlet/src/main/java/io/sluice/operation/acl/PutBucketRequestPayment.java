package io.sluice.operation.acl;

import io.sluice.operation.OperationHandler;
import io.sluice.operation.RequestPayment;
import io.sluice.operation.RequestPayment.Payer;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * Says who pays for requests to a bucket. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html">API</a>.
 */
final class PutBucketRequestPayment implements OperationHandler {
  private static final int MAX_BODY_BYTES = 16 * 1024;

  private final BucketStore buckets;

  PutBucketRequestPayment(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_BUCKET_REQUEST_PAYMENT;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    Payer payer = RequestPaymentConfiguration.parse(request.body().readAll(MAX_BODY_BYTES));
    buckets.putSetting(request.bucket(), RequestPayment.SETTING, payer.bytes());
    return S3Response.empty(200);
  }
}
