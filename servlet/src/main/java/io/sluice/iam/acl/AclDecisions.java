package io.sluice.iam.acl;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.iam.AclDecision;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectRef;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import io.sluice.storage.BucketStore;
import io.sluice.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether ownership and ACLs let somebody do something. A bucket's owner may do everything but read
 * what others own in it; an object's owner may read it and its ACL, and change that; who else may
 * what, the ACLs say. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions">Permissions</a>
 */
public final class AclDecisions implements AclDecision {
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

  @Override
  public boolean allows(
      Identity identity,
      S3Operation operation,
      S3Target target,
      @Nullable String versionId,
      PublicGrants publicGrants)
      throws IOException {
    if (target instanceof S3Target.BucketTarget bucket) {
      Asked asked = new Asked(identity, publicGrants, ownership(bucket.bucket()));
      return allowsBucket(asked, operation);
    }
    if (target instanceof S3Target.ObjectTarget object) {
      Asked asked = new Asked(identity, publicGrants, ownership(object.bucket()));
      return allowsObject(
          asked, operation, new ObjectRef(object.bucket(), object.key(), versionId));
    }
    return false;
  }

  @Override
  public boolean belongsToBucketOwner(S3Target.ObjectTarget object, @Nullable String versionId)
      throws IOException {
    BucketOwnership bucket = ownership(object.bucket());
    if (bucket.disablesAcls()) {
      return true;
    }
    try {
      ObjectRef ref = new ObjectRef(object.bucket(), object.key(), versionId);
      return acls.of(bucket, ref).acl().ownerId().equals(bucket.bucket().ownerId());
    } catch (S3Exception e) {
      if (isMissing(e)) {
        return true;
      }
      throw e;
    }
  }

  private BucketOwnership ownership(BucketName bucket) throws IOException {
    return BucketOwnership.of(buckets, bucket);
  }

  /** Who asks, which grants count, and about which bucket. */
  private record Asked(Identity identity, PublicGrants publicGrants, BucketOwnership bucket) {
    boolean byBucketOwner() {
      return isOwner(identity, bucket.bucket().ownerId());
    }

    boolean permittedBy(AccessControlList acl, Permission permission) {
      AccessControlList counted = publicGrants == PublicGrants.IGNORED ? acl.withoutPublic() : acl;
      return counted.permits(identity, permission);
    }
  }

  private boolean allowsBucket(Asked asked, S3Operation operation) throws IOException {
    if (asked.byBucketOwner()) {
      return true;
    }
    Optional<Need> need = Need.of(operation);
    return need.isPresent()
        && need.get().scope() == AclScope.BUCKET
        && asked.permittedBy(acls.of(asked.bucket()), need.get().permission());
  }

  private boolean allowsObject(Asked asked, S3Operation operation, ObjectRef object)
      throws IOException {
    Optional<Need> need = Need.of(operation);
    if (asked.bucket().disablesAcls() || need.isEmpty()) {
      return asked.byBucketOwner();
    }
    if (need.get().scope() == AclScope.OBJECT) {
      return allowsOfObject(asked, need.get().permission(), object);
    }
    if (asked.byBucketOwner()) {
      return true;
    }
    // A version that is deleted is gone; WRITE is about what a bucket holds now.
    boolean history =
        object.versionId() != null
            && (operation == S3Operation.DELETE_OBJECT || operation == S3Operation.DELETE_OBJECTS);
    return !history && asked.permittedBy(acls.of(asked.bucket()), need.get().permission());
  }

  /** Who may list the bucket may learn that an object is missing; others are not let near it. */
  private boolean allowsOfObject(Asked asked, Permission permission, ObjectRef object)
      throws IOException {
    try {
      AccessControlList acl = acls.of(asked.bucket(), object).acl();
      return isOwner(asked.identity(), acl.ownerId()) || asked.permittedBy(acl, permission);
    } catch (S3Exception e) {
      if (!isMissing(e)) {
        throw e;
      }
      return asked.byBucketOwner() || asked.permittedBy(acls.of(asked.bucket()), Permission.READ);
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
