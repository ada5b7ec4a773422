package io.sluice.operation.bucket;

import io.sluice.model.Versioning;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.operation.bucket.PutBucketVersioning.VersioningConfiguration;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * A bucket's versioning state; no status while it never was versioned. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html">API</a>.
 */
final class GetBucketVersioning implements OperationHandler {
  private final BucketStore buckets;

  GetBucketVersioning(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_BUCKET_VERSIONING;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.VERSIONING);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    Versioning state = buckets.head(request.bucket()).versioning();
    String status =
        switch (state) {
          case UNVERSIONED -> null;
          case ENABLED -> "Enabled";
          case SUSPENDED -> "Suspended";
        };
    return S3Response.ok(new VersioningConfiguration(status, null));
  }
}
