package io.sluice.operation.setting;

import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.Set;

/** Replaces a bucket's configuration. */
final class PutBucketSetting<T> implements OperationHandler {
  private final S3Operation operation;
  private final BucketSetting<T> setting;
  private final BucketStore buckets;

  PutBucketSetting(S3Operation operation, BucketSetting<T> setting, BucketStore buckets) {
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
    if (setting.integrity() == BucketSetting.Integrity.REQUIRED) {
      ObjectLocks.requireChecksum(request);
    }
    T document = XmlBodies.read(request.body().readAll(setting.maxBytes()), setting.document());
    setting.check().check(request, document);
    buckets.putSetting(request.bucket(), setting.name(), XmlBodies.write(document));
    return S3Response.empty(setting.putStatus());
  }
}
