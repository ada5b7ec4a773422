package io.sluice.iam;

import io.sluice.auth.Identity;
import io.sluice.model.BucketName;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Without ACLs: accounts may do everything in their own buckets, and nothing else. Thread-safe. */
public final class OwnerDecision implements AclDecision {
  private final BucketStore buckets;

  /** The owners of a store's buckets. */
  public OwnerDecision(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public boolean allows(
      Identity identity,
      S3Operation operation,
      S3Target target,
      @Nullable String versionId,
      PublicGrants publicGrants)
      throws IOException {
    BucketName bucket =
        target instanceof S3Target.ObjectTarget object
            ? object.bucket()
            : target instanceof S3Target.BucketTarget named ? named.bucket() : null;
    return !identity.isAnonymous()
        && bucket != null
        && buckets.head(bucket).ownerId().equals(identity.canonicalId());
  }
}
