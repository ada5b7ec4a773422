package io.sluice.iam.acl;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectRef;
import io.sluice.operation.S3Operation;
import io.sluice.storage.BucketStore;
import io.sluice.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/**
 * Whether ownership and ACLs let somebody do something. A bucket's owner may do everything but read
 * what others own in it; an object's owner may read it and its ACL, and change that; who else may
 * what, the ACLs say. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions">Permissions</a>
 */
public final class AclDecisions {
  private final BucketStore buckets;
  private final StoredAcls acls;

  /** Decisions about a store. */
  public AclDecisions(BucketStore buckets, ObjectStore objects) {
    this.buckets = buckets;
    this.acls = new StoredAcls(buckets, objects);
  }

  /** What ACL it takes to do something: whose, and which permission. */
  private record Need(AclScope scope, Permission permission) {
    /** What an operation takes; empty for what the bucket's owner alone may do. */
    static Optional<Need> of(S3Operation operation) {
      return Optional.ofNullable(
          switch (operation) {
            case HEAD_BUCKET,
                LIST_OBJECTS,
                LIST_OBJECTS_V2,
                LIST_OBJECT_VERSIONS,
                LIST_MULTIPART_UPLOADS ->
                new Need(AclScope.BUCKET, Permission.READ);
            case PUT_OBJECT,
                COPY_OBJECT,
                POST_OBJECT,
                DELETE_OBJECT,
                DELETE_OBJECTS,
                CREATE_MULTIPART_UPLOAD,
                UPLOAD_PART,
                UPLOAD_PART_COPY,
                COMPLETE_MULTIPART_UPLOAD,
                ABORT_MULTIPART_UPLOAD,
                LIST_PARTS ->
                new Need(AclScope.BUCKET, Permission.WRITE);
            case GET_BUCKET_ACL -> new Need(AclScope.BUCKET, Permission.READ_ACP);
            case PUT_BUCKET_ACL -> new Need(AclScope.BUCKET, Permission.WRITE_ACP);
            case GET_OBJECT, HEAD_OBJECT, GET_OBJECT_ATTRIBUTES, SELECT_OBJECT_CONTENT ->
                new Need(AclScope.OBJECT, Permission.READ);
            case GET_OBJECT_ACL -> new Need(AclScope.OBJECT, Permission.READ_ACP);
            case PUT_OBJECT_ACL -> new Need(AclScope.OBJECT, Permission.WRITE_ACP);
            default -> null;
          });
    }
  }

  /**
   * Whether somebody may do something to a bucket.
   *
   * @throws S3Exception NoSuchBucket
   */
  public boolean allows(Identity identity, S3Operation operation, BucketName name)
      throws IOException {
    BucketOwnership bucket = BucketOwnership.of(buckets, name);
    if (isOwner(identity, bucket.bucket().ownerId())) {
      return true;
    }
    Optional<Need> need = Need.of(operation);
    return need.isPresent()
        && need.get().scope() == AclScope.BUCKET
        && acls.of(bucket).permits(identity, need.get().permission());
  }

  /**
   * Whether somebody may do something to an object. Who may list the bucket may learn that an
   * object is missing; others are not let near it.
   *
   * @param object the object, at the version that is meant
   * @throws S3Exception NoSuchBucket
   */
  public boolean allows(Identity identity, S3Operation operation, ObjectRef object)
      throws IOException {
    BucketOwnership bucket = BucketOwnership.of(buckets, object.bucket());
    boolean bucketOwner = isOwner(identity, bucket.bucket().ownerId());
    Optional<Need> need = Need.of(operation);
    if (bucket.disablesAcls() || need.isEmpty()) {
      return bucketOwner;
    }
    if (need.get().scope() == AclScope.OBJECT) {
      return allowsOfObject(identity, need.get().permission(), bucket, object);
    }
    if (bucketOwner) {
      return true;
    }
    // A version that is deleted is gone; WRITE is about what a bucket holds now.
    boolean history = operation == S3Operation.DELETE_OBJECT && object.versionId() != null;
    return !history && acls.of(bucket).permits(identity, need.get().permission());
  }

  private boolean allowsOfObject(
      Identity identity, Permission permission, BucketOwnership bucket, ObjectRef object)
      throws IOException {
    try {
      AccessControlList acl = acls.of(bucket, object).acl();
      return isOwner(identity, acl.ownerId()) || acl.permits(identity, permission);
    } catch (S3Exception e) {
      if (!isMissing(e)) {
        throw e;
      }
      return isOwner(identity, bucket.bucket().ownerId())
          || acls.of(bucket).permits(identity, Permission.READ);
    }
  }

  private static boolean isMissing(S3Exception e) {
    return e.code() == S3ErrorCode.NO_SUCH_KEY
        || e.code() == S3ErrorCode.NO_SUCH_VERSION
        || e.code() == S3ErrorCode.METHOD_NOT_ALLOWED;
  }

  private static boolean isOwner(Identity identity, String ownerId) {
    return !identity.isAnonymous() && ownerId.equals(identity.canonicalId());
  }
}
