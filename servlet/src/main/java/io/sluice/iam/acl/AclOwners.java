package io.sluice.iam.acl;

/**
 * The accounts that an ACL is about, by canonical id. Immutable.
 *
 * @param ownerId who owns the bucket or object that has the ACL
 * @param bucketOwnerId who owns the bucket
 */
public record AclOwners(String ownerId, String bucketOwnerId) {
  /** The owners of a bucket's own ACL. */
  public static AclOwners ofBucket(String ownerId) {
    return new AclOwners(ownerId, ownerId);
  }
}
