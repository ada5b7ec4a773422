package io.sluice.operation.acl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.operation.Answer;
import io.sluice.operation.FixtureAccounts;
import io.sluice.operation.PublicAccessBlock;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ACLs and ownership as they are put and shown. */
class AclTest {
  private static final String OWNER = RequestFixture.OWNER.canonicalId();
  private static final String OTHER = FixtureAccounts.OTHER.canonicalId();
  private static final String OWNERS = "owner FULL_CONTROL";
  private static final String WRITER = "x-amz-object-ownership: ObjectWriter";
  private static final Pattern GRANT =
      Pattern.compile(
          "<Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
              + " xsi:type=\"(?:CanonicalUser|Group)\">"
              + "(?:<ID>[0-9a-f]+</ID>(?:<DisplayName>([^<]+)</DisplayName>)?|<URI>([^<]+)</URI>)"
              + "</Grantee><Permission>([A-Z_]+)</Permission></Grant>");

  private RequestFixture gateway;

  @BeforeEach
  void makeBuckets() throws IOException {
    gateway = RequestFixture.withBucket();
    gateway.send("PUT /acls", WRITER);
    gateway.send("PUT /preferred", "x-amz-object-ownership: BucketOwnerPreferred");
    gateway.sendBody("text", "PUT /acls/key");
  }

  /** The grants of an answer: a name or the last part of an address, and the permission. */
  private List<String> grants(String target) throws IOException {
    String body = gateway.send("GET " + target).body();
    assertThat(body).contains("<AccessControlPolicy xmlns=").contains("<Owner><ID>" + OWNER);
    return GRANT.matcher(body).results().map(AclTest::grant).toList();
  }

  private static String grant(MatchResult found) {
    String who =
        found.group(2) != null
            ? found.group(2).substring(found.group(2).lastIndexOf('/') + 1)
            : Objects.requireNonNullElse(found.group(1), "somebody");
    return who + " " + found.group(3);
  }

  private static String policy(String owner, String... grants) {
    return "<AccessControlPolicy xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><Owner><ID>%s</ID>"
            .formatted(owner)
        + "</Owner><AccessControlList>"
        + String.join("", grants)
        + "</AccessControlList></AccessControlPolicy>";
  }

  private static String element(String type, String inner, String permission) {
    return "<Grant><Grantee xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='"
        + type
        + "'>"
        + inner
        + "</Grantee><Permission>"
        + permission
        + "</Permission></Grant>";
  }

  private static String user(String id, String permission) {
    return element("CanonicalUser", "<ID>" + id + "</ID>", permission);
  }

  @Test
  void withoutAnAclTheOwnerHasAll() throws IOException {
    for (String target : List.of("/acls?acl", "/acls/key?acl", "/bucket?acl")) {
      assertThat(grants(target)).containsExactly(OWNERS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "private,",
    "public-read, AllUsers READ",
    "public-read-write, AllUsers READ|AllUsers WRITE",
    "authenticated-read, AuthenticatedUsers READ",
    "aws-exec-read, somebody READ",
    "bucket-owner-read,",
    "bucket-owner-full-control,"
  })
  void aCannedAclStandsForGrants(String canned, String others) throws IOException {
    String header = "x-amz-acl: " + canned;
    List<String> expected =
        others == null ? List.of(OWNERS) : List.of((OWNERS + "|" + others).split("\\|"));
    gateway.sendBody("text", "PUT /acls/new", header);
    assertThat(grants("/acls/new?acl")).isEqualTo(expected);
    gateway.send("PUT /acls/key?acl", header);
    assertThat(grants("/acls/key?acl")).isEqualTo(expected);
    gateway.send("PUT /acls?acl", header);
    assertThat(grants("/acls?acl")).isEqualTo(expected);
    gateway.send("PUT /made", WRITER, header);
    assertThat(grants("/made?acl")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "private, true",
    "public-read, false",
    "public-read-write, false",
    "authenticated-read, false",
    "aws-exec-read, false",
    "bucket-owner-read, true",
    "bucket-owner-full-control, true"
  })
  void withoutAclsOnlyWhatHoldsAnywayIsAccepted(String canned, boolean accepted)
      throws IOException {
    String header = "x-amz-acl: " + canned;
    gateway.sendBody("text", "PUT /bucket/there");
    for (String line :
        List.of(
            "PUT /bucket/k",
            "PUT /bucket/there?acl",
            "PUT /bucket?acl",
            "POST /bucket/k?uploads")) {
      if (accepted) {
        assertThat(gateway.send(line, header).status()).isEqualTo(200);
      } else {
        assertThat(gateway.refused(line, header).code())
            .isEqualTo(S3ErrorCode.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
      }
    }
    if (accepted) {
      assertThat(gateway.send("PUT /made", header).status()).isEqualTo(200);
    } else {
      assertThat(gateway.refused("PUT /made", header).code())
          .isEqualTo(S3ErrorCode.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP);
    }
    assertThat(grants("/bucket?acl")).containsExactly(OWNERS);
  }

  @Test
  void logsAreDeliveredToBucketsAlone() throws IOException {
    gateway.send("PUT /acls?acl", "x-amz-acl: log-delivery-write");
    assertThat(grants("/acls?acl"))
        .containsExactly(OWNERS, "LogDelivery WRITE", "LogDelivery READ_ACP");
    assertThat(gateway.refused("PUT /acls/key?acl", "x-amz-acl: log-delivery-write").code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void grantsInHeadersAreAllThereIs() throws IOException {
    String users = "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"";
    gateway.sendBody(
        "text",
        "PUT /acls/new",
        "x-amz-grant-read: id=\"" + OTHER + "\", " + users,
        "x-amz-grant-write-acp: emailAddress=other@example.com",
        "x-amz-grant-read-acp: id=" + OWNER);
    assertThat(grants("/acls/new?acl"))
        .containsExactlyInAnyOrder(
            "other READ", "AllUsers READ", "other WRITE_ACP", "owner READ_ACP");
    gateway.send("PUT /acls?acl", "x-amz-grant-full-control: id=" + OTHER);
    assertThat(grants("/acls?acl")).containsExactly("other FULL_CONTROL");
    gateway.send("PUT /made", WRITER, "x-amz-grant-write: id=" + OTHER);
    assertThat(grants("/made?acl")).containsExactly("other WRITE");
  }

  @Test
  void aDocumentComesBackAsItWasPut() throws IOException {
    gateway.sendBody(
        policy(
            OWNER,
            user(OWNER, "FULL_CONTROL"),
            user(OTHER, "READ_ACP"),
            user(OTHER, "READ_ACP"),
            element(
                "AmazonCustomerByEmail",
                "<EmailAddress>OTHER@example.com</EmailAddress>",
                "WRITE_ACP"),
            element(
                "Group",
                "<URI>http://acs.amazonaws.com/groups/global/AuthenticatedUsers</URI>",
                "READ")),
        "PUT /acls/key?acl");
    List<String> grants = grants("/acls/key?acl");
    assertThat(grants)
        .containsExactly(OWNERS, "other READ_ACP", "other WRITE_ACP", "AuthenticatedUsers READ");
    String document = gateway.send("GET /acls/key?acl").body();
    for (String same : List.of(document, document.replace("xsi", "ns1"))) {
      gateway.sendBody(same, "PUT /acls/key?acl");
      assertThat(grants("/acls/key?acl")).isEqualTo(grants);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<AccessControlList></AccessControlList>",
        "<AccessControlList/>",
        "<AccessControlList>\n  </AccessControlList>"
      })
  void allGrantsCanBeRevoked(String list) throws IOException {
    gateway.sendBody(
        "<AccessControlPolicy><Owner><ID>%s</ID></Owner>%s</AccessControlPolicy>"
            .formatted(OWNER, list),
        "PUT /acls/key?acl");
    assertThat(grants("/acls/key?acl")).isEmpty();
  }

  private void refusesPolicy(S3ErrorCode code, String body) {
    for (String target : List.of("/acls?acl", "/acls/key?acl")) {
      assertThat(gateway.refusedBody(body, "PUT " + target).code()).isEqualTo(code);
    }
  }

  @Test
  void badDocumentsAreRefused() {
    String known = user(OTHER, "READ");
    refusesPolicy(S3ErrorCode.MALFORMED_ACL, "no document");
    refusesPolicy(S3ErrorCode.MALFORMED_ACL, "<Other/>");
    refusesPolicy(S3ErrorCode.MALFORMED_ACL, "<AccessControlPolicy/>");
    refusesPolicy(
        S3ErrorCode.MALFORMED_ACL,
        "<AccessControlPolicy><Owner><ID>" + OWNER + "</ID></Owner></AccessControlPolicy>");
    refusesPolicy(S3ErrorCode.MALFORMED_ACL, policy(OWNER, user(OTHER, "DELETE")));
    refusesPolicy(S3ErrorCode.MALFORMED_ACL, policy(OWNER, element("Other", "<ID/>", "READ")));
    refusesPolicy(S3ErrorCode.MALFORMED_ACL, policy(OWNER, element("Group", "<ID/>", "READ")));
    refusesPolicy(
        S3ErrorCode.MALFORMED_ACL, policy(OWNER, known.replace("xsi:type='CanonicalUser'", "")));
    refusesPolicy(S3ErrorCode.MALFORMED_ACL, policy(OWNER, manyGrants()));
    refusesPolicy(S3ErrorCode.ACCESS_DENIED, policy(OTHER, known));
    refusesPolicy(S3ErrorCode.INVALID_ARGUMENT, policy(OWNER, user("nobody", "READ")));
    refusesPolicy(
        S3ErrorCode.INVALID_ARGUMENT,
        policy(OWNER, element("Group", "<URI>http://example.com/</URI>", "READ")));
    refusesPolicy(
        S3ErrorCode.UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS,
        policy(OWNER, byEmail("nobody@example.com")));
    refusesPolicy(
        S3ErrorCode.AMBIGUOUS_GRANT_BY_EMAIL_ADDRESS, policy(OWNER, byEmail("twins@example.com")));
  }

  private static String byEmail(String address) {
    return element("AmazonCustomerByEmail", "<EmailAddress>" + address + "</EmailAddress>", "READ");
  }

  private static String[] manyGrants() {
    String[] grants = new String[101];
    for (int i = 0; i < grants.length; i++) {
      grants[i] = user(OTHER, "READ");
    }
    return grants;
  }

  @Test
  void badHeadersAreRefused() {
    refusesHeaders(S3ErrorCode.INVALID_ARGUMENT, "x-amz-acl: nonsense");
    refusesHeaders(S3ErrorCode.INVALID_ARGUMENT, "x-amz-grant-read: " + OTHER);
    refusesHeaders(S3ErrorCode.INVALID_ARGUMENT, "x-amz-grant-read: id=");
    refusesHeaders(S3ErrorCode.INVALID_ARGUMENT, "x-amz-grant-read: id=1");
    refusesHeaders(S3ErrorCode.INVALID_ARGUMENT, "x-amz-grant-read: uri=http://example.com/");
    refusesHeaders(
        S3ErrorCode.UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS, "x-amz-grant-read: emailaddress=a@b");
    refusesHeaders(
        S3ErrorCode.INVALID_REQUEST, "x-amz-acl: private", "x-amz-grant-read: id=" + OTHER);
  }

  private void refusesHeaders(S3ErrorCode code, String... headers) {
    for (String line :
        List.of(
            "PUT /acls?acl",
            "PUT /acls/key?acl",
            "PUT /acls/k",
            "POST /acls/k?uploads",
            "PUT /made")) {
      assertThat(gateway.refused(line, headers).code()).as(line).isEqualTo(code);
    }
  }

  @Test
  void anAclComesByHeaderOrByBody() {
    assertThat(gateway.refused("PUT /acls?acl").code())
        .isEqualTo(S3ErrorCode.MISSING_SECURITY_HEADER);
    assertThat(gateway.refusedBody(policy(OWNER), "PUT /acls/key?acl", "x-amz-acl: private").code())
        .isEqualTo(S3ErrorCode.UNEXPECTED_CONTENT);
  }

  @Test
  void ownershipDecidesWhoseANewObjectIs() throws IOException {
    gateway.as(FixtureAccounts.OTHER);
    for (String bucket : List.of("bucket", "acls", "preferred")) {
      gateway.sendBody("text", "PUT /" + bucket + "/plain");
      gateway.sendBody("text", "PUT /" + bucket + "/given", "x-amz-acl: bucket-owner-full-control");
    }
    assertThat(owners("bucket")).containsExactly(OWNER, OWNER);
    assertThat(owners("preferred")).containsExactly(OWNER, OTHER);
    assertThat(owners("acls")).containsExactly(OTHER, OWNER, OTHER);
    Answer acl = gateway.send("GET /acls/given?acl");
    assertThat(GRANT.matcher(acl.body()).results().map(AclTest::grant))
        .containsExactly("other FULL_CONTROL", "owner FULL_CONTROL");
    assertThat(grants("/preferred/given?acl")).containsExactly(OWNERS);
    gateway.as(RequestFixture.OWNER);
    controls("acls", "BucketOwnerEnforced");
    assertThat(owners("acls")).containsExactly(OWNER, OWNER, OWNER);
    assertThat(grants("/acls/given?acl")).containsExactly(OWNERS);
  }

  private List<String> owners(String bucket) throws IOException {
    String body = gateway.send("GET /" + bucket).body();
    assertThat(gateway.send("GET /" + bucket + "?versions").body()).contains("<DisplayName>");
    return Pattern.compile("<Owner><ID>([0-9a-f]+)</ID><DisplayName>(owner|other)</DisplayName>")
        .matcher(body)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private void controls(String bucket, String ownership) throws IOException {
    assertThat(
            gateway
                .sendBody(ownershipControls(ownership), "PUT /" + bucket + "?ownershipControls")
                .status())
        .isEqualTo(200);
  }

  private static String ownershipControls(String ownership) {
    return "<OwnershipControls><Rule><ObjectOwnership>"
        + ownership
        + "</ObjectOwnership></Rule></OwnershipControls>";
  }

  @Test
  void ownershipControlsCanBeChangedAndDeleted() throws IOException {
    assertThat(gateway.send("GET /bucket?ownershipControls").element("ObjectOwnership"))
        .isEqualTo("BucketOwnerEnforced");
    assertThat(gateway.send("GET /acls?ownershipControls").element("ObjectOwnership"))
        .isEqualTo("ObjectWriter");
    controls("bucket", "BucketOwnerPreferred");
    assertThat(gateway.send("GET /bucket?ownershipControls").element("ObjectOwnership"))
        .isEqualTo("BucketOwnerPreferred");
    gateway.sendBody("text", "PUT /bucket/k", "x-amz-acl: public-read");
    assertThat(gateway.send("DELETE /bucket?ownershipControls").status()).isEqualTo(204);
    assertThat(gateway.send("DELETE /bucket?ownershipControls").status()).isEqualTo(204);
    assertThat(gateway.refused("GET /bucket?ownershipControls").code())
        .isEqualTo(S3ErrorCode.OWNERSHIP_CONTROLS_NOT_FOUND);
    assertThat(gateway.send("PUT /bucket/k", "x-amz-acl: public-read").status()).isEqualTo(200);
  }

  @Test
  void aclsAreDisabledOnceTheBucketGrantsNothingToOthers() throws IOException {
    gateway.send("PUT /acls?acl", "x-amz-acl: public-read");
    assertThat(
            gateway
                .refusedBody(
                    ownershipControls("BucketOwnerEnforced"), "PUT /acls?ownershipControls")
                .code())
        .isEqualTo(S3ErrorCode.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP);
    gateway.send("PUT /acls?acl", "x-amz-acl: private");
    controls("acls", "BucketOwnerEnforced");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<OwnershipControls/>",
        "<OwnershipControls><Rule/></OwnershipControls>",
        "<OwnershipControls><Rule><ObjectOwnership>Nobody</ObjectOwnership></Rule>"
            + "</OwnershipControls>",
        "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule><Rule>"
            + "<ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>"
      })
  void badOwnershipIsRefused(String body) {
    S3Exception refusal = gateway.refusedBody(body, "PUT /acls?ownershipControls");
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.MALFORMED_XML);
    assertThat(gateway.refused("PUT /made", "x-amz-object-ownership: Nobody").code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void anAclBelongsToAVersion() throws IOException {
    gateway.sendBody(
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
        "PUT /acls?versioning");
    String first =
        gateway.sendBody("1", "PUT /acls/v", "x-amz-acl: public-read").header("x-amz-version-id");
    gateway.sendBody("2", "PUT /acls/v");
    assertThat(grants("/acls/v?acl")).containsExactly(OWNERS);
    String old = "/acls/v?acl&versionId=" + first;
    assertThat(grants(old)).containsExactly(OWNERS, "AllUsers READ");
    Answer put = gateway.send("PUT " + old, "x-amz-acl: authenticated-read");
    assertThat(put.header("x-amz-version-id")).isEqualTo(first);
    assertThat(grants(old)).containsExactly(OWNERS, "AuthenticatedUsers READ");
    gateway.send("DELETE /acls/v");
    assertThat(gateway.refused("GET /acls/v?acl").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
    assertThat(gateway.refused("GET /acls/none?acl").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @Test
  void aBucketCanRefusePublicAcls() throws IOException {
    gateway
        .storage()
        .buckets()
        .putSetting(
            new BucketName("acls"),
            PublicAccessBlock.SETTING,
            new PublicAccessBlock(true, false, false, false).bytes());
    for (String line :
        List.of("PUT /acls?acl", "PUT /acls/key?acl", "PUT /acls/k", "POST /acls/k?uploads")) {
      for (String header :
          List.of(
              "x-amz-acl: public-read",
              "x-amz-acl: authenticated-read",
              "x-amz-grant-read: uri=http://acs.amazonaws.com/groups/global/AllUsers")) {
        assertThat(gateway.refused(line, header).code()).isEqualTo(S3ErrorCode.ACCESS_DENIED);
      }
      gateway.send(line, "x-amz-grant-full-control: id=" + OTHER);
    }
  }

  @Test
  void aCopyHasItsOwnAcl() throws IOException {
    gateway.sendBody("text", "PUT /acls/public", "x-amz-acl: public-read");
    gateway.send("PUT /acls/copy", "x-amz-copy-source: acls/public");
    assertThat(grants("/acls/copy?acl")).containsExactly(OWNERS);
    gateway.send(
        "PUT /acls/copy", "x-amz-copy-source: acls/public", "x-amz-acl: authenticated-read");
    assertThat(grants("/acls/copy?acl")).containsExactly(OWNERS, "AuthenticatedUsers READ");
  }

  @Test
  void anUploadKeepsItsAclUntilItIsComplete() throws IOException {
    String id =
        gateway.send("POST /acls/big?uploads", "x-amz-acl: public-read").element("UploadId");
    String part =
        gateway.sendBody("part", "PUT /acls/big?partNumber=1&uploadId=" + id).header("ETag");
    gateway.sendBody(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>"
                .formatted(part)
            + "</CompleteMultipartUpload>",
        "POST /acls/big?uploadId=" + id);
    assertThat(grants("/acls/big?acl")).containsExactly(OWNERS, "AllUsers READ");
  }
}
