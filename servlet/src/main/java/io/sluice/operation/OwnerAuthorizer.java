package io.sluice.operation;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.protocol.CopySource;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import io.sluice.storage.BucketStore;
import java.io.IOException;

/**
 * Lets administrators do everything and accounts what they like in their own buckets; everything
 * else is refused. Thread-safe.
 */
public final class OwnerAuthorizer implements Authorizer {
  private final BucketStore buckets;

  /** An authorizer over a store. */
  public OwnerAuthorizer(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public void authorize(
      Identity identity, S3Operation operation, S3Target target, S3Request request)
      throws IOException {
    if (identity.isAnonymous()) {
      throw S3ErrorCode.ACCESS_DENIED.exception();
    }
    if (identity.role() == Identity.Role.ADMIN) {
      return;
    }
    if (operation != S3Operation.CREATE_BUCKET) {
      checkOwner(target, identity);
    }
    String copySource = request.headers().get(CopySource.HEADER);
    if (copySource != null) {
      checkOwner(CopySource.parse(copySource).bucket(), identity);
    }
  }

  private void checkOwner(S3Target target, Identity identity) throws IOException {
    if (target instanceof S3Target.BucketTarget bucket) {
      checkOwner(bucket.bucket(), identity);
    } else if (target instanceof S3Target.ObjectTarget object) {
      checkOwner(object.bucket(), identity);
    }
  }

  private void checkOwner(BucketName bucket, Identity identity) throws IOException {
    if (!buckets.head(bucket).ownerId().equals(identity.canonicalId())) {
      throw S3ErrorCode.ACCESS_DENIED.exception();
    }
  }
}
