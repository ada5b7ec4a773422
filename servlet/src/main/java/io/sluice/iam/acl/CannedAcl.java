package io.sluice.iam.acl;

import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.Grantee.CanonicalUser;
import io.sluice.iam.acl.Grantee.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ACLs that have names.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl">Canned
 *     ACLs</a>
 */
public enum CannedAcl {
  PRIVATE("private"),
  PUBLIC_READ("public-read"),
  PUBLIC_READ_WRITE("public-read-write"),
  AUTHENTICATED_READ("authenticated-read"),
  AWS_EXEC_READ("aws-exec-read"),
  BUCKET_OWNER_READ("bucket-owner-read"),
  BUCKET_OWNER_FULL_CONTROL("bucket-owner-full-control"),
  LOG_DELIVERY_WRITE("log-delivery-write");

  /** The header that names one. */
  public static final String HEADER = "x-amz-acl";

  private final String wireName;

  CannedAcl(String wireName) {
    this.wireName = wireName;
  }

  /**
   * The ACL of a name.
   *
   * @param scope logs are delivered to buckets alone
   * @throws io.sluice.error.S3Exception InvalidArgument for another name
   */
  static CannedAcl of(String name, AclScope scope) {
    return Arrays.stream(values())
        .filter(canned -> canned.wireName.equals(name))
        .filter(canned -> scope == AclScope.BUCKET || canned != LOG_DELIVERY_WRITE)
        .findFirst()
        .orElseThrow(
            () ->
                S3ErrorCode.INVALID_ARGUMENT
                    .exception()
                    .with("ArgumentName", HEADER)
                    .with("ArgumentValue", name));
  }

  /** The grants that it stands for. On a bucket, what is the bucket owner's is the owner's. */
  AccessControlList of(AclOwners owners) {
    List<Grant> grants = new ArrayList<>();
    grants.add(new Grant(new CanonicalUser(owners.ownerId()), Permission.FULL_CONTROL));
    switch (this) {
      case PRIVATE -> {}
      case PUBLIC_READ -> grants.add(new Grant(Group.ALL_USERS, Permission.READ));
      case PUBLIC_READ_WRITE -> {
        grants.add(new Grant(Group.ALL_USERS, Permission.READ));
        grants.add(new Grant(Group.ALL_USERS, Permission.WRITE));
      }
      case AUTHENTICATED_READ -> grants.add(new Grant(Group.AUTHENTICATED_USERS, Permission.READ));
      case AWS_EXEC_READ -> grants.add(new Grant(CanonicalUser.EXECUTION, Permission.READ));
      case BUCKET_OWNER_READ -> grants.addAll(bucketOwner(owners, Permission.READ));
      case BUCKET_OWNER_FULL_CONTROL -> grants.addAll(bucketOwner(owners, Permission.FULL_CONTROL));
      case LOG_DELIVERY_WRITE -> {
        grants.add(new Grant(Group.LOG_DELIVERY, Permission.WRITE));
        grants.add(new Grant(Group.LOG_DELIVERY, Permission.READ_ACP));
      }
    }
    return new AccessControlList(owners.ownerId(), grants);
  }

  private static List<Grant> bucketOwner(AclOwners owners, Permission permission) {
    return owners.bucketOwnerId().equals(owners.ownerId())
        ? List.of()
        : List.of(new Grant(new CanonicalUser(owners.bucketOwnerId()), permission));
  }
}
