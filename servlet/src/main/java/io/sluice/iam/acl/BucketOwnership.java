package io.sluice.iam.acl;

import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.storage.BucketStore;
import java.io.IOException;

/**
 * Whose a bucket is and how it owns its objects. Immutable.
 *
 * @param bucket the bucket
 * @param ownership the ownership by which it goes
 */
public record BucketOwnership(BucketInfo bucket, ObjectOwnership ownership) {
  /**
   * The ownership of a bucket.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  public static BucketOwnership of(BucketStore buckets, BucketName name) throws IOException {
    BucketInfo bucket = buckets.head(name);
    return new BucketOwnership(
        bucket, ObjectOwnership.effective(setting -> buckets.setting(name, setting)));
  }

  /** Whether ACLs count for nothing. */
  public boolean disablesAcls() {
    return ownership == ObjectOwnership.BUCKET_OWNER_ENFORCED;
  }

  /** Who owns an object now, whoever is noted as its owner. */
  public String ownerOf(String notedOwnerId) {
    return disablesAcls() ? bucket.ownerId() : notedOwnerId;
  }

  /** The accounts that the ACL of an object is about. */
  public AclOwners ownersOf(String notedOwnerId) {
    return new AclOwners(ownerOf(notedOwnerId), bucket.ownerId());
  }
}
