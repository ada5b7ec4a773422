package io.sluice.operation.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.AccountId;
import io.sluice.operation.FixtureAccounts;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations on policies, and what policies let requests do. */
class BucketPolicyTest {
  private static final Identity OWNER = RequestFixture.OWNER;
  private static final Identity OTHER = FixtureAccounts.OTHER;
  private static final String OTHERS = AccountId.of(OTHER.canonicalId());
  private static final String VERSIONED =
      "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";

  private RequestFixture gateway;

  @BeforeEach
  void makeBucket() throws IOException {
    gateway = RequestFixture.withBucket().authorizing();
    gateway.sendBody("text", "PUT /bucket/key");
  }

  private static String policy(String statement) {
    return ("{'Version':'2012-10-17','Statement':[" + statement + "]}").replace('\'', '"');
  }

  private static String allow(String actions) {
    return policy(
        "{'Sid':'a','Effect':'Allow','Principal':{'AWS':'%s'},'Action':%s,'Resource':"
                .formatted(OTHERS, actions)
            + "['arn:aws:s3:::bucket','arn:aws:s3:::bucket/*']}");
  }

  private void put(String policy) throws IOException {
    assertThat(gateway.as(OWNER).sendBody(policy, "PUT /bucket?policy").status()).isEqualTo(204);
  }

  private int status(Identity identity, String line, String... headers) throws IOException {
    try {
      return gateway.as(identity).send(line, headers).status();
    } catch (S3Exception e) {
      return e.status();
    }
  }

  @Test
  void aPolicyIsKeptAsItWasPut() throws IOException {
    assertThat(gateway.refused("GET /bucket?policy").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_BUCKET_POLICY);
    assertThat(gateway.refused("GET /bucket?policyStatus").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_BUCKET_POLICY);
    String policy = allow("[ 's3:GetObject' ]".replace('\'', '"'));
    put(policy);
    assertThat(gateway.send("GET /bucket?policy").body()).isEqualTo(policy);
    assertThat(gateway.send("GET /bucket?policy").header("Content-Type"))
        .isEqualTo("application/json");
    assertThat(gateway.send("GET /bucket?policyStatus").element("IsPublic")).isEqualTo("false");
    assertThat(gateway.send("DELETE /bucket?policy").status()).isEqualTo(204);
    assertThat(gateway.send("DELETE /bucket?policy").status()).isEqualTo(204);
    assertThat(gateway.refused("GET /bucket?policy").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_BUCKET_POLICY);
    assertThat(status(OTHER, "GET /bucket/key")).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"999999999999", "arn:aws:iam::999999999999:root", "arn:aws:iam::%s:user/x"})
  void unknownPrincipalsAreRefused(String principal) {
    String statement =
        "{'Effect':'Allow','Principal':{'AWS':'%s'},'Action':'s3:GetObject',"
            + "'Resource':'arn:aws:s3:::bucket/*'}";
    String body = policy(statement.formatted(principal.formatted(OTHERS)));
    assertThat(gateway.refusedBody(body, "PUT /bucket?policy").message())
        .isEqualTo("Invalid principal in policy");
  }

  @Test
  void publicPoliciesCanBeBlocked() throws IOException {
    String open =
        policy(
            "{'Effect':'Allow','Principal':'*','Action':'s3:GetObject',"
                + "'Resource':'arn:aws:s3:::bucket/*'}");
    assertThat(gateway.refused("GET /bucket?publicAccessBlock").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION);
    gateway.sendBody(
        "<PublicAccessBlockConfiguration><BlockPublicPolicy>true</BlockPublicPolicy>"
            + "</PublicAccessBlockConfiguration>",
        "PUT /bucket?publicAccessBlock");
    assertThat(gateway.send("GET /bucket?publicAccessBlock").body())
        .contains("<BlockPublicAcls>false</BlockPublicAcls>")
        .contains("<BlockPublicPolicy>true</BlockPublicPolicy>");
    assertThat(gateway.refusedBody(open, "PUT /bucket?policy").code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    put(allow("\"s3:GetObject\""));
    assertThat(gateway.send("DELETE /bucket?publicAccessBlock").status()).isEqualTo(204);
    put(open);
    assertThat(gateway.send("GET /bucket?policyStatus").element("IsPublic")).isEqualTo("true");
  }

  @Test
  void whoLocksThemselvesOutSaysSo() throws IOException {
    String denial =
        policy(
            "{'Effect':'Deny','Principal':'*','Action':'s3:PutBucketPolicy',"
                + "'Resource':'arn:aws:s3:::bucket'}");
    assertThat(gateway.refusedBody(denial, "PUT /bucket?policy").code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    String confirmed = "x-amz-confirm-remove-self-bucket-access: true";
    assertThat(gateway.sendBody(denial, "PUT /bucket?policy", confirmed).status()).isEqualTo(204);
    put(allow("\"s3:GetObject\"")); // the root of the owner's account recovers its bucket
  }

  /** One action is enough, and one less is not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET /bucket/key | s3:GetObject |
          HEAD /bucket/key | s3:GetObject |
          GET /bucket/key?versionId=null | s3:GetObjectVersion |
          GET /bucket/key?tagging | s3:GetObjectTagging |
          GET /bucket/key?tagging&versionId=null | s3:GetObjectVersionTagging |
          GET /bucket/key?acl | s3:GetObjectAcl |
          GET /bucket/key?attributes | s3:GetObject s3:GetObjectAttributes | x-amz-object-attributes: ETag
          PUT /bucket/new | s3:PutObject |
          PUT /bucket/new | s3:PutObject s3:PutObjectTagging | x-amz-tagging: a=b
          PUT /bucket/new | s3:PutObject s3:PutObjectAcl | x-amz-acl: bucket-owner-full-control
          PUT /bucket/copy | s3:PutObject s3:GetObject | x-amz-copy-source: bucket/key
          PUT /bucket/copy | s3:PutObject s3:GetObjectVersion | x-amz-copy-source: bucket/key?versionId=null
          POST /bucket/new?uploads | s3:PutObject |
          DELETE /bucket/key | s3:DeleteObject |
          DELETE /bucket/key?versionId=null | s3:DeleteObjectVersion |
          DELETE /bucket/key | s3:DeleteObject s3:BypassGovernanceRetention | x-amz-bypass-governance-retention: true
          DELETE /bucket/key?tagging | s3:DeleteObjectTagging |
          GET /bucket | s3:ListBucket |
          HEAD /bucket | s3:ListBucket |
          GET /bucket?versions | s3:ListBucketVersions |
          GET /bucket?uploads | s3:ListBucketMultipartUploads |
          GET /bucket?location | s3:GetBucketLocation |
          GET /bucket?versioning | s3:GetBucketVersioning |
          GET /bucket?acl | s3:GetBucketAcl |
          GET /bucket?policyStatus | s3:GetBucketPolicyStatus |
          GET /bucket?ownershipControls | s3:GetBucketOwnershipControls |
          DELETE /bucket?publicAccessBlock | s3:PutBucketPublicAccessBlock |
          """)
  void requestsNeedTheirActions(String line, String actions, String header) throws IOException {
    String[] headers = header == null ? new String[0] : new String[] {header};
    String[] names = actions.split(" ");
    for (int missing = 0; missing < names.length; missing++) {
      put(allow(without(names, missing)));
      assertThat(status(OTHER, line, headers)).as("without " + names[missing]).isEqualTo(403);
    }
    put(allow(without(names, names.length)));
    assertThat(status(OTHER, line, headers)).isNotEqualTo(403).isLessThan(500);
  }

  private static String without(String[] names, int missing) {
    StringBuilder list = new StringBuilder("[\"s3:PutBucketTagging\"");
    for (int i = 0; i < names.length; i++) {
      if (i != missing) {
        list.append(",\"").append(names[i]).append('"');
      }
    }
    return list.append(']').toString();
  }

  @Test
  void aBatchIsAskedAboutKeyByKey() throws IOException {
    gateway.sendBody(VERSIONED, "PUT /bucket?versioning");
    put(
        policy(
            "{'Effect':'Allow','Principal':{'AWS':'%s'},'Action':'s3:DeleteObject',"
                    .formatted(OTHERS)
                + "'Resource':'arn:aws:s3:::bucket/k*'}"));
    String body =
        "<Delete><Object><Key>key</Key></Object><Object><Key>other</Key></Object>"
            + "<Object><Key>key</Key><VersionId>null</VersionId></Object></Delete>";
    String answer =
        gateway
            .as(OTHER)
            .sendBody(body, "POST /bucket?delete", "x-amz-checksum-crc32: AAAAAA==")
            .body();
    assertThat(answer).contains("<Deleted><Key>key</Key>");
    assertThat(answer.split("<Code>AccessDenied</Code>", -1)).hasSize(3);
    assertThat(status(OWNER, "GET /bucket/key?versionId=null")).isEqualTo(200);
  }

  @Test
  void tagsInABodyCount() throws IOException {
    put(
        policy(
            "{'Effect':'Allow','Principal':'*','Action':'s3:PutObjectTagging','Resource':"
                + "'arn:aws:s3:::bucket/*','Condition':{'StringEquals':"
                + "{'s3:RequestObjectTag/team':'a'}}}"));
    String tags = "<Tagging><TagSet><Tag><Key>team</Key><Value>%s</Value></Tag></TagSet></Tagging>";
    gateway.as(OTHER);
    assertThat(gateway.refusedBody(tags.formatted("b"), "PUT /bucket/key?tagging").code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(gateway.sendBody(tags.formatted("a"), "PUT /bucket/key?tagging").status())
        .isEqualTo(200);
  }
}
