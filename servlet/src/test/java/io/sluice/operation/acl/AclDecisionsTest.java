package io.sluice.operation.acl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.operation.FixtureAccounts;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom ACLs let, and whom not. */
class AclDecisionsTest {
  private static final Identity OWNER = RequestFixture.OWNER;
  private static final Identity OTHER = FixtureAccounts.OTHER;
  private static final String OTHERS_ID = "id=" + OTHER.canonicalId();

  private RequestFixture gateway;

  @BeforeEach
  void makeBuckets() throws IOException {
    gateway = RequestFixture.withBucket().authorizing();
    gateway.send("PUT /acls", "x-amz-object-ownership: ObjectWriter");
    gateway.sendBody("text", "PUT /acls/key");
  }

  private void refuses(Identity identity, String line, String... headers) {
    assertThat(gateway.as(identity).refused(line, headers).code())
        .as(line)
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    gateway.as(OWNER);
  }

  private void lets(Identity identity, String line, String... headers) throws IOException {
    assertThat(gateway.as(identity).send(line, headers).status()).as(line).isLessThan(300);
    gateway.as(OWNER);
  }

  @Test
  void withoutGrantsNobodyElseMayDoAnything() {
    for (Identity identity : List.of(OTHER, Identity.ANONYMOUS)) {
      for (String line :
          List.of(
              "GET /acls",
              "HEAD /acls",
              "GET /acls?acl",
              "GET /acls?versions",
              "PUT /acls?acl",
              "GET /acls/key",
              "GET /acls/none",
              "GET /acls/key?acl",
              "PUT /acls/key",
              "DELETE /acls/key",
              "DELETE /acls",
              "GET /acls?ownershipControls")) {
        refuses(identity, line);
      }
    }
  }

  /** Who may what with which permission on the bucket: READ and WRITE of READ_ACP and WRITE_ACP. */
  @ParameterizedTest
  @CsvSource({
    "read, true, false, false, false",
    "write, false, true, false, false",
    "read-acp, false, false, true, false",
    "write-acp, false, false, false, true",
    "full-control, true, true, true, true"
  })
  void aGrantOnTheBucketIsForWhatItSays(
      String grant, boolean read, boolean write, boolean readAcp, boolean writeAcp)
      throws IOException {
    String header = "x-amz-grant-" + grant + ": " + OTHERS_ID;
    gateway.send("PUT /acls?acl", header);
    check(read, "GET /acls", "HEAD /acls", "GET /acls?list-type=2", "GET /acls?uploads");
    check(write, "PUT /acls/new", "DELETE /acls/new", "POST /acls/new?uploads");
    check(readAcp, "GET /acls?acl");
    check(false, "GET /acls/key", "GET /acls/key?acl", "DELETE /acls", "GET /acls?versioning");
    if (writeAcp) {
      lets(OTHER, "PUT /acls?acl", header);
    } else {
      refuses(OTHER, "PUT /acls?acl", header);
    }
  }

  private void check(boolean may, String... lines) throws IOException {
    for (String line : lines) {
      if (may) {
        lets(OTHER, line);
      } else {
        refuses(OTHER, line);
      }
      refuses(Identity.ANONYMOUS, line);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "read, true, false, false",
    "write, false, false, false",
    "read-acp, false, true, false",
    "write-acp, false, false, true",
    "full-control, true, true, true"
  })
  void aGrantOnTheObjectIsForWhatItSays(
      String grant, boolean read, boolean readAcp, boolean writeAcp) throws IOException {
    String header = "x-amz-grant-" + grant + ": " + OTHERS_ID;
    gateway.send("PUT /acls/key?acl", header);
    check(read, "GET /acls/key", "HEAD /acls/key");
    check(readAcp, "GET /acls/key?acl");
    check(false, "PUT /acls/key", "DELETE /acls/key", "GET /acls", "GET /acls/none");
    if (writeAcp) {
      lets(OTHER, "PUT /acls/key?acl", header);
    } else {
      refuses(OTHER, "PUT /acls/key?acl", header);
    }
  }

  @Test
  void thePublicReadsWhatIsPublic() throws IOException {
    gateway.sendBody("text", "PUT /acls/public", "x-amz-acl: public-read");
    gateway.sendBody("text", "PUT /acls/members", "x-amz-acl: authenticated-read");
    lets(Identity.ANONYMOUS, "GET /acls/public");
    lets(OTHER, "GET /acls/public");
    lets(OTHER, "GET /acls/members");
    refuses(Identity.ANONYMOUS, "GET /acls/members");
    refuses(Identity.ANONYMOUS, "GET /acls");
    gateway.send("PUT /acls?acl", "x-amz-acl: public-read");
    lets(Identity.ANONYMOUS, "GET /acls");
    refuses(Identity.ANONYMOUS, "GET /acls/key");
    assertThat(gateway.as(Identity.ANONYMOUS).refused("GET /acls/none").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_KEY);
    assertThat(gateway.refused("GET /nowhere/key").code()).isEqualTo(S3ErrorCode.NO_SUCH_BUCKET);
    refuses(Identity.ANONYMOUS, "PUT /made");
    refuses(Identity.ANONYMOUS, "GET /");
  }

  @Test
  void theBucketsOwnerMayDeleteWhatTheyMayNotRead() throws IOException {
    gateway.send("PUT /acls?acl", "x-amz-acl: public-read-write");
    lets(OTHER, "PUT /acls/theirs");
    lets(OTHER, "GET /acls/theirs");
    lets(OTHER, "GET /acls/theirs?acl");
    refuses(OWNER, "GET /acls/theirs");
    refuses(OWNER, "GET /acls/theirs?acl");
    refuses(OWNER, "PUT /acls/copy", "x-amz-copy-source: acls/theirs");
    lets(OTHER, "PUT /acls/theirs?acl", "x-amz-acl: bucket-owner-read");
    lets(OWNER, "GET /acls/theirs");
    refuses(OWNER, "PUT /acls/theirs?acl", "x-amz-acl: private");
    lets(OWNER, "DELETE /acls/theirs");
    lets(OTHER, "PUT /acls/shared", "x-amz-acl: bucket-owner-full-control");
    lets(OWNER, "GET /acls/shared?acl");
  }

  @Test
  void anOwnersAclCanAlwaysBeMended() throws IOException {
    gateway.send("PUT /acls?acl", "x-amz-grant-read: " + OTHERS_ID);
    gateway.send("PUT /acls/key?acl", "x-amz-grant-read: " + OTHERS_ID);
    lets(OWNER, "PUT /acls/key?acl", "x-amz-acl: private");
    lets(OWNER, "PUT /acls?acl", "x-amz-acl: private");
    refuses(OTHER, "GET /acls");
    refuses(OTHER, "GET /acls/key");
  }

  @Test
  void aVersionIsDeletedByTheBucketsOwnerAlone() throws IOException {
    gateway.sendBody(
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
        "PUT /acls?versioning");
    gateway.send("PUT /acls?acl", "x-amz-acl: public-read-write");
    String version =
        Objects.requireNonNull(gateway.as(OTHER).send("PUT /acls/v").header("x-amz-version-id"));
    refuses(OTHER, "DELETE /acls/v?versionId=" + version);
    assertThat(
            gateway
                .as(OTHER)
                .sendBody(
                    "<Delete><Object><Key>v</Key><VersionId>%s</VersionId></Object></Delete>"
                        .formatted(version),
                    "POST /acls?delete",
                    "x-amz-checksum-crc32: AAAAAA==")
                .element("Code"))
        .isEqualTo("AccessDenied");
    lets(OTHER, "DELETE /acls/v");
    lets(OTHER, "GET /acls/v?versionId=" + version);
    lets(OWNER, "DELETE /acls/v?versionId=" + version);
  }

  @Test
  void aCopyTakesReadingAndWriting() throws IOException {
    gateway.as(OTHER).send("PUT /theirs", "x-amz-object-ownership: ObjectWriter");
    refuses(OTHER, "PUT /theirs/copy", "x-amz-copy-source: acls/key");
    gateway.send("PUT /acls/key?acl", "x-amz-acl: public-read");
    lets(OTHER, "PUT /theirs/copy", "x-amz-copy-source: acls/key");
    refuses(OWNER, "PUT /theirs/copy", "x-amz-copy-source: acls/key");
    refuses(Identity.ANONYMOUS, "PUT /acls/copy", "x-amz-copy-source: acls/key");
  }

  @Test
  void aclsCountForNothingOnceTheyAreDisabled() throws IOException {
    gateway.send("PUT /acls/key?acl", "x-amz-acl: public-read");
    lets(Identity.ANONYMOUS, "GET /acls/key");
    gateway.sendBody(
        "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>"
            + "</OwnershipControls>",
        "PUT /acls?ownershipControls");
    refuses(Identity.ANONYMOUS, "GET /acls/key");
    refuses(OTHER, "GET /acls/key");
    lets(OWNER, "GET /acls/key");
    gateway.send("DELETE /acls?ownershipControls");
    lets(Identity.ANONYMOUS, "GET /acls/key");
  }
}
