package io.sluice.operation.setting;

import io.sluice.model.BucketName;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Answers a bucket's configuration, or what AWS answers when there is none. */
final class GetBucketSetting<T> implements OperationHandler {
  private final S3Operation operation;
  private final BucketSetting<T> setting;
  private final BucketStore buckets;

  GetBucketSetting(S3Operation operation, BucketSetting<T> setting, BucketStore buckets) {
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
    BucketName bucket = request.bucket();
    Optional<T> document = setting.read(buckets, bucket);
    return S3Response.ok(document.isPresent() ? document.get() : setting.absent().of(bucket));
  }
}
