package io.sluice.operation.setting;

import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/** Takes a bucket's configuration away; 204 also when there was none. */
final class DeleteBucketSetting implements OperationHandler {
  private final S3Operation operation;
  private final BucketSetting<?> setting;
  private final BucketStore buckets;

  DeleteBucketSetting(S3Operation operation, BucketSetting<?> setting, BucketStore buckets) {
    this.operation = operation;
    this.setting = setting;
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return operation;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    buckets.deleteSetting(request.bucket(), setting.name());
    return S3Response.empty(204);
  }
}
