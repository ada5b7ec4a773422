package io.sluice.iam.acl;

import io.sluice.auth.CredentialStore;
import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.operation.PublicAccessBlock;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.storage.BucketStore;
import io.sluice.storage.VersionGuard.DocumentReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ACLs that requests ask for, checked against the ownership of their buckets. Whom they let is
 * decided by {@link AclDecisions}. Thread-safe.
 */
public final class Acls {
  /** Room for 100 grants with addresses, names and white space. */
  private static final int MAX_BODY_BYTES = 256 * 1024;

  private final BucketStore buckets;
  private final Grantees grantees;
  private final ObjectOwnership ofNewBuckets;

  /**
   * ACLs in these buckets.
   *
   * @param accounts who can be granted anything
   * @param ofNewBuckets the ownership of a bucket that is created without one
   */
  public Acls(BucketStore buckets, CredentialStore accounts, ObjectOwnership ofNewBuckets) {
    this.buckets = buckets;
    this.grantees = new Grantees(accounts);
    this.ofNewBuckets = ofNewBuckets;
  }

  /**
   * What a write makes of its headers and its writer. Immutable.
   *
   * @param ownerId canonical id of the account that will own the object
   * @param documents the object's ACL, unless it is the owner's alone
   */
  public record OfNewObject(String ownerId, Map<String, byte[]> documents) {
    /** Copies the map. */
    public OfNewObject {
      documents = Map.copyOf(documents);
    }
  }

  /**
   * The settings of a new bucket: its ownership unless ACLs are disabled, and its ACL unless that
   * is the owner's alone.
   *
   * @param others the settings that the bucket gets besides
   * @throws S3Exception InvalidArgument; InvalidRequest; InvalidBucketAclWithObjectOwnership for
   *     grants to others in a bucket without ACLs; InvalidBucketAclWithBlockPublicAccessError; and
   *     what the resolving of grantees throws
   */
  public Map<String, byte[]> ofNewBucket(
      S3Headers headers, String ownerId, Map<String, byte[]> others) throws IOException {
    ObjectOwnership ownership =
        headers.nonBlank(ObjectOwnership.HEADER).map(Acls::ownershipOfHeader).orElse(ofNewBuckets);
    AclHeaders asked = AclHeaders.parse(headers, AclScope.BUCKET);
    AccessControlList acl = asked.resolve(grantees, AclOwners.ofBucket(ownerId));
    if (ownership == ObjectOwnership.BUCKET_OWNER_ENFORCED) {
      if (!acl.isOwnersFullControl()) {
        throw S3ErrorCode.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP.exception();
      }
      return Map.of();
    }
    if (isBlocked(acl, name -> Optional.ofNullable(others.get(name)))) {
      throw S3ErrorCode.INVALID_BUCKET_ACL_WITH_BLOCK_PUBLIC_ACCESS.exception();
    }
    Map<String, byte[]> settings = new HashMap<>();
    settings.put(ObjectOwnership.SETTING, ownership.bytes());
    if (!acl.equals(AccessControlList.ofOwner(ownerId))) {
      settings.put(StoredAcls.NAME, acl.bytes());
    }
    return settings;
  }

  private static ObjectOwnership ownershipOfHeader(String value) {
    return ObjectOwnership.of(value)
        .orElseThrow(
            () ->
                S3ErrorCode.INVALID_ARGUMENT
                    .exception("Invalid x-amz-object-ownership header: " + value)
                    .with("ArgumentName", ObjectOwnership.HEADER)
                    .with("ArgumentValue", value));
  }

  /**
   * Owner and ACL of the object that a write makes.
   *
   * @throws S3Exception NoSuchBucket; InvalidArgument; InvalidRequest;
   *     AccessControlListNotSupported; AccessDenied for a public ACL that the bucket blocks; and
   *     what the resolving of grantees throws
   */
  public OfNewObject ofNewObject(BucketName name, S3Headers headers, Identity writer)
      throws IOException {
    BucketOwnership bucket = BucketOwnership.of(buckets, name);
    AclHeaders asked = AclHeaders.parse(headers, AclScope.OBJECT);
    boolean given =
        bucket.ownership() == ObjectOwnership.BUCKET_OWNER_PREFERRED
            && asked.canned() == CannedAcl.BUCKET_OWNER_FULL_CONTROL;
    AclOwners owners = bucket.ownersOf(given ? bucket.bucket().ownerId() : writer.canonicalId());
    AccessControlList acl = asked.resolve(grantees, owners);
    check(acl, bucket);
    boolean usual = acl.equals(AccessControlList.ofOwner(owners.ownerId()));
    return new OfNewObject(
        owners.ownerId(), usual ? Map.of() : Map.of(StoredAcls.NAME, acl.bytes()));
  }

  /**
   * Refuses an ACL that says more than what holds in a bucket without ACLs.
   *
   * @throws S3Exception AccessControlListNotSupported
   */
  public static void requireOwners(AccessControlList acl) {
    if (!acl.isOwnersFullControl()) {
      throw S3ErrorCode.ACCESS_CONTROL_LIST_NOT_SUPPORTED.exception();
    }
  }

  /**
   * The ACL that a request puts, by its headers or its body; where ACLs are disabled it comes out
   * as what holds anyway.
   *
   * @param owners whose bucket or object it is for
   * @throws S3Exception MalformedACLError, InvalidArgument, InvalidRequest,
   *     UnresolvableGrantByEmailAddress, AmbiguousGrantByEmailAddress; AccessDenied for a document
   *     with another owner, and for a public ACL where these are blocked;
   *     AccessControlListNotSupported; UnexpectedContent for both, MissingSecurityHeader for
   *     neither
   */
  public AccessControlList requested(
      S3Request request, AclScope scope, BucketOwnership bucket, AclOwners owners)
      throws IOException {
    AccessControlList acl = resolved(request, scope, owners);
    check(acl, bucket);
    return acl;
  }

  private void check(AccessControlList acl, BucketOwnership bucket) throws IOException {
    if (bucket.disablesAcls()) {
      requireOwners(acl);
    }
    if (isBlocked(acl, setting -> buckets.setting(bucket.bucket().name(), setting))) {
      throw S3ErrorCode.ACCESS_DENIED.exception();
    }
  }

  /** Whether it grants to the public in a bucket that blocks such ACLs, by its settings. */
  private static boolean isBlocked(AccessControlList acl, DocumentReader settings)
      throws IOException {
    return acl.isPublic()
        && settings
            .read(PublicAccessBlock.SETTING)
            .map(PublicAccessBlock::parse)
            .filter(PublicAccessBlock::blocksAcls)
            .isPresent();
  }

  private AccessControlList resolved(S3Request request, AclScope scope, AclOwners owners)
      throws IOException {
    AclHeaders asked = AclHeaders.parse(request.headers(), scope);
    byte[] body = request.body().readAll(MAX_BODY_BYTES);
    if (asked.isEmpty() && body.length == 0) {
      throw S3ErrorCode.MISSING_SECURITY_HEADER
          .exception("Your request was missing a required header")
          .with("MissingHeaderName", CannedAcl.HEADER);
    }
    if (asked.isEmpty()) {
      return AccessControlPolicy.parse(body).resolve(grantees, owners);
    }
    if (body.length > 0) {
      throw S3ErrorCode.UNEXPECTED_CONTENT.exception();
    }
    return asked.resolve(grantees, owners);
  }

  /** The document that shows an ACL. */
  public Object document(AccessControlList acl) {
    return AccessControlPolicy.of(acl, grantees);
  }

  /**
   * Shows the owners of a bucket's objects; for one answer.
   *
   * @throws S3Exception NoSuchBucket
   */
  public ShownOwners owners(BucketName bucket) throws IOException {
    return new ShownOwners(BucketOwnership.of(buckets, bucket), grantees);
  }
}
