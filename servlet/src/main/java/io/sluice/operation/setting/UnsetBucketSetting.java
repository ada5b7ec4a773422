package io.sluice.operation.setting;

import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * A row of a configuration that no bucket can have here: writing it is 501, so reading and deleting
 * it answer what AWS answers for a bucket that never had it.
 */
final class UnsetBucketSetting implements OperationHandler {
  private final S3Operation operation;
  private final BucketStore buckets;
  private final Supplier<S3Response> answer;

  /** A row; the supplier answers, or throws where AWS has an error. */
  UnsetBucketSetting(S3Operation operation, BucketStore buckets, Supplier<S3Response> answer) {
    this.operation = operation;
    this.buckets = buckets;
    this.answer = answer;
  }

  @Override
  public S3Operation operation() {
    return operation;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    buckets.head(request.bucket());
    return answer.get();
  }
}
