package io.sluice.operation.bucket;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.Versioning;
import io.sluice.operation.ObjectLockConfiguration;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Enables or suspends versioning; in a bucket with locks it stays enabled. MFA delete is refused.
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html">API</a>.
 */
final class PutBucketVersioning implements OperationHandler {
  private static final int MAX_BODY_BYTES = 4 * 1024;

  private final BucketStore buckets;

  PutBucketVersioning(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_BUCKET_VERSIONING;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.VERSIONING);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    VersioningConfiguration configuration =
        XmlBodies.read(request.body().readAll(MAX_BODY_BYTES), VersioningConfiguration.class);
    if ("Enabled".equals(configuration.mfaDelete())) {
      throw S3ErrorCode.NOT_IMPLEMENTED.exception("MFA delete is not implemented.");
    }
    String status = configuration.status() == null ? "" : configuration.status();
    Versioning state =
        switch (status) {
          case "Enabled" -> Versioning.ENABLED;
          case "Suspended" -> Versioning.SUSPENDED;
          default ->
              throw S3ErrorCode.ILLEGAL_VERSIONING_CONFIGURATION.exception().with("Status", status);
        };
    buckets.setVersioning(
        request.bucket(),
        state,
        (bucket, settings) -> {
          if (state != Versioning.ENABLED
              && settings.read(ObjectLockConfiguration.SETTING).isPresent()) {
            throw S3ErrorCode.INVALID_BUCKET_STATE.exception(
                "An Object Lock configuration is present on this bucket, so the versioning state"
                    + " cannot be changed.");
          }
        });
    return S3Response.empty(200);
  }

  @JsonRootName("VersioningConfiguration")
  record VersioningConfiguration(@Nullable String status, @Nullable String mfaDelete) {}
}
