package io.sluice.it.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.SdkClients;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AccessControlPolicy;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Type;

/** ACLs as an owner, another account and the public see them; nobody here is an administrator. */
class AclIT extends GatewayCase {
  private static final String TEXT = "whose is this";
  private static final String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";

  private S3Client owner;
  private S3Client third;
  private S3Client anonymous;
  private String shared;

  @BeforeEach
  void openClients() {
    owner = SdkClients.sync(gateway, Account.OTHER);
    third = SdkClients.sync(gateway, Account.THIRD);
    anonymous = SdkClients.anonymous(gateway);
    shared = newBucketName();
    owner.createBucket(r -> r.bucket(shared).objectOwnership(ObjectOwnership.OBJECT_WRITER));
  }

  @AfterEach
  void closeClients() {
    owner.close();
    third.close();
    anonymous.close();
  }

  private void put(S3Client client, String key, ObjectCannedACL acl) {
    client.putObject(r -> r.bucket(shared).key(key).acl(acl), RequestBody.fromString(TEXT));
  }

  private String read(S3Client client, String key) {
    return client.getObjectAsBytes(r -> r.bucket(shared).key(key)).asUtf8String();
  }

  private static String id(S3Client client) {
    return client.listBuckets().owner().id();
  }

  private List<Grant> grants(String key) {
    return owner.getObjectAcl(r -> r.bucket(shared).key(key)).grants();
  }

  private static void fails(int status, String code, ThrowingCallable call) {
    S3Exception error = catchThrowableOfType(S3Exception.class, call);
    assertThat(error).isNotNull();
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(error.statusCode()).isEqualTo(status);
  }

  private static void denied(ThrowingCallable call) {
    S3Exception error = catchThrowableOfType(S3Exception.class, call);
    assertThat(error).isNotNull();
    assertThat(error.statusCode()).isEqualTo(403);
  }

  @Test
  void thePublicReadsAPublicObjectAndNoOther() throws IOException {
    put(owner, "public", ObjectCannedACL.PUBLIC_READ);
    put(owner, "private", null);
    assertThat(read(anonymous, "public")).isEqualTo(TEXT);
    assertThat(read(third, "public")).isEqualTo(TEXT);
    RawResponse plain = RawRequest.of(gateway, "GET", "/" + shared + "/public").sendAnonymously();
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.text()).isEqualTo(TEXT);
    denied(() -> read(anonymous, "private"));
    denied(() -> read(third, "private"));
    denied(() -> read(anonymous, "missing"));
    denied(() -> anonymous.listObjectsV2(r -> r.bucket(shared)));
    denied(() -> anonymous.headBucket(r -> r.bucket(shared)));
    denied(() -> put(anonymous, "new", null));
    denied(() -> anonymous.deleteObject(r -> r.bucket(shared).key("public")));
  }

  @Test
  void whoMayListLearnsWhatIsMissing() {
    put(owner, "private", null);
    owner.putBucketAcl(r -> r.bucket(shared).acl(BucketCannedACL.PUBLIC_READ));
    assertThat(anonymous.listObjectsV2(r -> r.bucket(shared)).contents()).hasSize(1);
    anonymous.headBucket(r -> r.bucket(shared));
    fails(404, "NoSuchKey", () -> read(anonymous, "missing"));
    denied(() -> anonymous.headObject(r -> r.bucket(shared).key("private")));
    owner.putBucketAcl(r -> r.bucket(shared).acl(BucketCannedACL.AUTHENTICATED_READ));
    assertThat(third.listObjects(r -> r.bucket(shared)).contents()).hasSize(1);
    denied(() -> anonymous.listObjects(r -> r.bucket(shared)));
  }

  @Test
  void theWriterOwnsAndTheListingsSaySo() {
    owner.putBucketAcl(r -> r.bucket(shared).acl(BucketCannedACL.PUBLIC_READ_WRITE));
    put(third, "theirs", null);
    assertThat(owner.listObjects(r -> r.bucket(shared)).contents().get(0).owner())
        .matches(o -> o.id().equals(id(third)) && "third".equals(o.displayName()));
    assertThat(
            owner
                .listObjectsV2(r -> r.bucket(shared).fetchOwner(true))
                .contents()
                .get(0)
                .owner()
                .displayName())
        .isEqualTo("third");
    denied(() -> read(owner, "theirs"));
    third.putObjectAcl(
        r -> r.bucket(shared).key("theirs").acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL));
    assertThat(read(owner, "theirs")).isEqualTo(TEXT);
    put(third, "more", null);
    owner.deleteObject(r -> r.bucket(shared).key("more"));
    denied(() -> owner.deleteObject(r -> r.bucket(bucket).key("k")));
  }

  @Test
  void grantsComeByDocumentAndByHeaders() {
    put(owner, "k", null);
    String ownerId = id(owner);
    Grant byEmail =
        Grant.builder()
            .permission(Permission.WRITE_ACP)
            .grantee(g -> g.type(Type.AMAZON_CUSTOMER_BY_EMAIL).emailAddress("third@example.com"))
            .build();
    owner.putObjectAcl(
        r ->
            r.bucket(shared)
                .key("k")
                .accessControlPolicy(a -> a.owner(o -> o.id(ownerId)).grants(byEmail)));
    assertThat(grants("k")).hasSize(1);
    Grant grant = grants("k").get(0);
    assertThat(grant.permission()).isEqualTo(Permission.WRITE_ACP);
    assertThat(grant.grantee().type()).isEqualTo(Type.CANONICAL_USER);
    assertThat(grant.grantee().displayName()).isEqualTo("third");
    denied(() -> read(third, "k"));
    denied(() -> third.getObjectAcl(r -> r.bucket(shared).key("k")));
    String thirdId = id(third);
    third.putObjectAcl(r -> r.bucket(shared).key("k").grantFullControl("id=" + thirdId));
    assertThat(read(third, "k")).isEqualTo(TEXT);
    assertThat(third.getObjectAcl(r -> r.bucket(shared).key("k")).owner().id()).isEqualTo(ownerId);
    owner.putObject(
        r -> r.bucket(shared).key("h").grantRead("uri=\"" + ALL_USERS + "\""),
        RequestBody.fromString(TEXT));
    assertThat(grants("h")).extracting(g -> g.grantee().uri()).containsExactly(ALL_USERS);
    assertThat(read(anonymous, "h")).isEqualTo(TEXT);
    assertThat(read(owner, "h")).isEqualTo(TEXT);
  }

  @Test
  void whatAnAclGetsWrongIsToldApart() throws IOException {
    put(owner, "k", null);
    String ownerId = id(owner);
    String thirdId = id(third);
    fails(400, "InvalidArgument", () -> putGrant(ownerId, Type.CANONICAL_USER, "nobody"));
    fails(
        400,
        "UnresolvableGrantByEmailAddress",
        () -> putGrant(ownerId, Type.AMAZON_CUSTOMER_BY_EMAIL, "nobody@example.com"));
    fails(400, "InvalidArgument", () -> putGrant(ownerId, Type.GROUP, "http://example.com/"));
    fails(403, "AccessDenied", () -> putGrant(thirdId, Type.CANONICAL_USER, thirdId));
    fails(
        400,
        "InvalidRequest",
        () ->
            owner.putObjectAcl(
                r ->
                    r.bucket(shared)
                        .key("k")
                        .acl(ObjectCannedACL.PRIVATE)
                        .grantRead("id=" + thirdId)));
    RawResponse malformed =
        RawRequest.of(gateway, "PUT", "/" + shared + "?acl=")
            .as(Account.OTHER)
            .body("<AccessControlPolicy>")
            .send();
    assertThat(malformed.status()).isEqualTo(400);
    assertThat(malformed.errorCode()).isEqualTo("MalformedACLError");
    RawResponse empty =
        RawRequest.of(gateway, "PUT", "/" + shared + "?acl=").as(Account.OTHER).send();
    assertThat(empty.errorCode()).isEqualTo("MissingSecurityHeader");
    assertThat(grants("k")).hasSize(1);
  }

  private void putGrant(String ownerId, Type type, String name) {
    Grant grant =
        Grant.builder()
            .permission(Permission.READ)
            .grantee(
                g -> {
                  g.type(type);
                  switch (type) {
                    case CANONICAL_USER -> g.id(name);
                    case GROUP -> g.uri(name);
                    default -> g.emailAddress(name);
                  }
                })
            .build();
    AccessControlPolicy policy =
        AccessControlPolicy.builder().owner(o -> o.id(ownerId)).grants(grant).build();
    owner.putObjectAcl(r -> r.bucket(shared).key("k").accessControlPolicy(policy));
    owner.putBucketAcl(r -> r.bucket(shared).accessControlPolicy(policy));
  }

  @Test
  void theDocumentIsAsAwsWritesIt() throws IOException {
    owner.putBucketAcl(r -> r.bucket(shared).acl(BucketCannedACL.PUBLIC_READ));
    RawResponse answer =
        RawRequest.of(gateway, "GET", "/" + shared + "?acl=").as(Account.OTHER).send();
    String user =
        "<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xsi:type=\"CanonicalUser\"><ID>%s</ID><DisplayName>other</DisplayName></Grantee>";
    assertThat(answer.text())
        .contains(
            "<AccessControlPolicy xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Owner><ID>")
        .contains(user.formatted(id(owner)) + "<Permission>FULL_CONTROL</Permission>")
        .contains(" xsi:type=\"Group\"><URI>" + ALL_USERS + "</URI></Grantee>");
  }

  @Test
  void anUploadInPartsAndACopyHaveTheAclThatTheyWereMadeWith() {
    String upload =
        owner
            .createMultipartUpload(
                r -> r.bucket(shared).key("big").acl(ObjectCannedACL.PUBLIC_READ))
            .uploadId();
    String tag =
        owner
            .uploadPart(
                r -> r.bucket(shared).key("big").uploadId(upload).partNumber(1),
                RequestBody.fromString(TEXT))
            .eTag();
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(tag).build();
    owner.completeMultipartUpload(
        r -> r.bucket(shared).key("big").uploadId(upload).multipartUpload(m -> m.parts(part)));
    assertThat(read(anonymous, "big")).isEqualTo(TEXT);
    owner.copyObject(
        r ->
            r.sourceBucket(shared)
                .sourceKey("big")
                .destinationBucket(shared)
                .destinationKey("copy"));
    denied(() -> read(anonymous, "copy"));
    owner.copyObject(
        r ->
            r.sourceBucket(shared)
                .sourceKey("big")
                .destinationBucket(shared)
                .destinationKey("copy")
                .acl(ObjectCannedACL.PUBLIC_READ));
    assertThat(read(anonymous, "copy")).isEqualTo(TEXT);
    String own = newBucketName();
    third.createBucket(r -> r.bucket(own));
    third.copyObject(
        r -> r.sourceBucket(shared).sourceKey("copy").destinationBucket(own).destinationKey("k"));
    put(owner, "private", null);
    denied(
        () ->
            third.copyObject(
                r ->
                    r.sourceBucket(shared)
                        .sourceKey("private")
                        .destinationBucket(own)
                        .destinationKey("k")));
  }

  @Test
  void everyVersionHasItsAcl() {
    owner.putBucketVersioning(
        r ->
            r.bucket(shared)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    put(owner, "k", ObjectCannedACL.PUBLIC_READ);
    String first = owner.headObject(r -> r.bucket(shared).key("k")).versionId();
    put(owner, "k", null);
    denied(() -> read(anonymous, "k"));
    assertThat(
            anonymous
                .getObjectAsBytes(r -> r.bucket(shared).key("k").versionId(first))
                .asUtf8String())
        .isEqualTo(TEXT);
    owner.putObjectAcl(
        r -> r.bucket(shared).key("k").versionId(first).acl(ObjectCannedACL.PRIVATE));
    denied(() -> anonymous.headObject(r -> r.bucket(shared).key("k").versionId(first)));
    owner.putBucketAcl(r -> r.bucket(shared).acl(BucketCannedACL.PUBLIC_READ_WRITE));
    denied(() -> anonymous.deleteObject(r -> r.bucket(shared).key("k").versionId(first)));
    anonymous.deleteObject(r -> r.bucket(shared).key("k"));
    fails(404, "NoSuchKey", () -> read(anonymous, "k"));
  }

  @Test
  void aNewBucketHasNoAcls() {
    String plain = newBucketName();
    owner.createBucket(r -> r.bucket(plain));
    assertThat(owner.getBucketOwnershipControls(r -> r.bucket(plain)).ownershipControls().rules())
        .extracting(rule -> rule.objectOwnership())
        .containsExactly(ObjectOwnership.BUCKET_OWNER_ENFORCED);
    fails(
        400,
        "AccessControlListNotSupported",
        () ->
            owner.putObject(
                r -> r.bucket(plain).key("k").acl(ObjectCannedACL.PUBLIC_READ),
                RequestBody.fromString(TEXT)));
    owner.putObject(
        r -> r.bucket(plain).key("k").acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL),
        RequestBody.fromString(TEXT));
    fails(
        400,
        "AccessControlListNotSupported",
        () -> owner.putBucketAcl(r -> r.bucket(plain).acl(BucketCannedACL.PUBLIC_READ)));
    fails(
        400,
        "InvalidBucketAclWithObjectOwnership",
        () -> owner.createBucket(r -> r.bucket(newBucketName()).acl(BucketCannedACL.PUBLIC_READ)));
    assertThat(owner.getBucketAcl(r -> r.bucket(plain)).grants()).hasSize(1);
  }

  @Test
  void aPublicAccessBlockOutweighsAcls() {
    put(owner, "k", ObjectCannedACL.PUBLIC_READ);
    owner.putPublicAccessBlock(
        r -> r.bucket(shared).publicAccessBlockConfiguration(b -> b.blockPublicAcls(true)));
    assertThat(read(anonymous, "k")).isEqualTo(TEXT);
    fails(403, "AccessDenied", () -> put(owner, "more", ObjectCannedACL.PUBLIC_READ));
    fails(
        403,
        "AccessDenied",
        () -> owner.putBucketAcl(r -> r.bucket(shared).acl(BucketCannedACL.PUBLIC_READ)));
    owner.putPublicAccessBlock(
        r -> r.bucket(shared).publicAccessBlockConfiguration(b -> b.ignorePublicAcls(true)));
    denied(() -> read(anonymous, "k"));
    denied(() -> read(third, "k"));
    assertThat(grants("k")).hasSize(2);
    owner.deletePublicAccessBlock(r -> r.bucket(shared));
    assertThat(read(anonymous, "k")).isEqualTo(TEXT);
  }

  @Test
  void aclsEndWhenTheBucketsOwnerTakesOver() {
    String open = newBucketName();
    owner.createBucket(
        r ->
            r.bucket(open)
                .acl(BucketCannedACL.PUBLIC_READ_WRITE)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_PREFERRED));
    third.putObject(r -> r.bucket(open).key("k"), RequestBody.fromString(TEXT));
    OwnershipControls enforced =
        OwnershipControls.builder()
            .rules(
                OwnershipControlsRule.builder()
                    .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                    .build())
            .build();
    fails(
        400,
        "InvalidBucketAclWithObjectOwnership",
        () -> owner.putBucketOwnershipControls(r -> r.bucket(open).ownershipControls(enforced)));
    owner.putBucketAcl(r -> r.bucket(open).acl(BucketCannedACL.PRIVATE));
    denied(() -> owner.getObjectAsBytes(r -> r.bucket(open).key("k")));
    owner.putBucketOwnershipControls(r -> r.bucket(open).ownershipControls(enforced));
    assertThat(owner.getObjectAsBytes(r -> r.bucket(open).key("k")).asUtf8String()).isEqualTo(TEXT);
    denied(() -> third.getObjectAsBytes(r -> r.bucket(open).key("k")));
    owner.deleteBucketOwnershipControls(r -> r.bucket(open));
    fails(
        404,
        "OwnershipControlsNotFoundError",
        () -> owner.getBucketOwnershipControls(r -> r.bucket(open)));
    assertThat(third.getObjectAsBytes(r -> r.bucket(open).key("k")).asUtf8String()).isEqualTo(TEXT);
  }
}
