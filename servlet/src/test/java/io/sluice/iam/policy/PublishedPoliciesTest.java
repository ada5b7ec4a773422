package io.sluice.iam.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cases of AWS's published examples of bucket policies, in words of our own, with requests and
 * what they decide.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html">Examples</a>
 */
class PublishedPoliciesTest {
  private static final String OBJECTS = ",'Resource':'arn:aws:s3:::bucket/*'";
  private static final String BUCKET = ",'Resource':'arn:aws:s3:::bucket'";
  private static final String BOTH = ",'Resource':['arn:aws:s3:::bucket','arn:aws:s3:::bucket/*']";
  private static final String ALL = "'Principal':'*','Action':";
  private static final String ADA =
      "'Principal':{'AWS':'arn:aws:iam::111122223333:user/Ada'},'Action':";

  private static final Map<String, String> POLICIES =
      Map.ofEntries(
          Map.entry("public read", allow(ALL + "['s3:GetObject','s3:GetObjectVersion']" + OBJECTS)),
          Map.entry(
              "two accounts, with full control",
              allow(
                  "'Principal':{'AWS':['111122223333','444455556666']},'Action':['s3:PutObject',"
                      + "'s3:PutObjectAcl']"
                      + OBJECTS
                      + when("'StringEquals':{'s3:x-amz-acl':['public-read']}"))),
          Map.entry(
              "encrypted uploads only",
              deny(
                  ALL
                      + "'s3:PutObject'"
                      + OBJECTS
                      + when("'StringNotEquals':{'s3:x-amz-server-side-encryption':'aws:kms'}"))),
          Map.entry(
              "encrypted with a key",
              deny(
                  ALL
                      + "'s3:PutObject'"
                      + OBJECTS
                      + when(
                          "'ArnNotEqualsIfExists':{'s3:x-amz-server-side-encryption-aws-kms-key-id':"
                              + "'arn:aws:kms:us-east-1:111122223333:key/k'}"))),
          Map.entry(
              "tls only",
              deny(ALL + "'s3:*'" + BOTH + when("'Bool':{'aws:SecureTransport':'false'}"))),
          Map.entry(
              "one network",
              deny(ALL + "'s3:*'" + BOTH + when("'NotIpAddress':{'aws:SourceIp':'192.0.2.0/24'}"))),
          Map.entry(
              "two networks without one address",
              allow(
                  ALL
                      + "'s3:*'"
                      + OBJECTS
                      + when(
                          "'IpAddress':{'aws:SourceIp':['192.0.2.0/24','2001:DB8:1234:5678::/64']},"
                              + "'NotIpAddress':{'aws:SourceIp':['192.0.2.188/32',"
                              + "'2001:DB8:1234:5678:ABCD::/80']}"))),
          Map.entry(
              "one site",
              allow(
                  ALL
                      + "['s3:GetObject']"
                      + OBJECTS
                      + when(
                          "'StringLike':{'aws:Referer':['http://www.example.com/*',"
                              + "'http://example.com/*']}"))),
          Map.entry(
              "homes",
              allow(
                      "'Principal':{'AWS':'111122223333'},'Action':['s3:GetObject','s3:PutObject'],"
                          + "'Resource':'arn:aws:s3:::bucket/home/${aws:username}/*'")
                  + ","
                  + allow(
                      "'Principal':{'AWS':'111122223333'},'Action':'s3:ListBucket'"
                          + BUCKET
                          + when(
                              "'StringLike':{'s3:prefix':['','home/','home/${aws:username}/*']}"))),
          Map.entry(
              "few keys",
              allow(
                      ADA
                          + "'s3:ListBucket'"
                          + BUCKET
                          + when("'NumericLessThanEquals':{'s3:max-keys':'10'}"))
                  + ","
                  + deny(
                      ADA
                          + "'s3:ListBucket'"
                          + BUCKET
                          + when("'NumericGreaterThan':{'s3:max-keys':'10'}"))),
          Map.entry(
              "security level",
              allow(
                  ADA
                      + "['s3:GetObject','s3:GetObjectVersion']"
                      + OBJECTS
                      + when("'StringEquals':{'s3:ExistingObjectTag/security':'public'}"))),
          Map.entry(
              "copies from one folder",
              allow(ADA + "'s3:PutObject'" + OBJECTS)
                  + ","
                  + deny(
                      ADA
                          + "'s3:PutObject'"
                          + OBJECTS
                          + when("'StringNotLike':{'s3:x-amz-copy-source':'bucket/public/*'}"))),
          Map.entry(
              "one storage class",
              allow(
                  ADA
                      + "'s3:PutObject'"
                      + OBJECTS
                      + when("'StringEquals':{'s3:x-amz-storage-class':['STANDARD_IA']}"))),
          Map.entry(
              "new signatures",
              deny(
                  ALL
                      + "'s3:*'"
                      + OBJECTS
                      + when("'NumericGreaterThan':{'s3:signatureAge':'600000'}"))),
          Map.entry(
              "short locks",
              deny(
                  ALL
                      + "'s3:PutObjectRetention'"
                      + OBJECTS
                      + when(
                          "'NumericGreaterThan':{'s3:object-lock-remaining-retention-days':'10'}"))),
          Map.entry(
              "old tls",
              deny(ALL + "'s3:*'" + BOTH + when("'NumericLessThan':{'s3:TlsVersion':1.2}"))));

  private static String allow(String fields) {
    return "{'Effect':'Allow'," + fields + "}";
  }

  private static String deny(String fields) {
    return "{'Effect':'Deny'," + fields + "}";
  }

  private static String when(String condition) {
    return ",'Condition':{" + condition + "}";
  }

  private static Policy policy(String statements) {
    String json = "{'Version':'2012-10-17','Statement':[" + statements + "]}";
    return Policy.ofBucket(json.replace('\'', '"').getBytes(UTF_8), "bucket");
  }

  private static Requester requester(String who) {
    return switch (who) {
      case "nobody" -> Requester.ANONYMOUS;
      case "root" -> Requester.ofAccount("111122223333", "a".repeat(64));
      case "second" -> Requester.ofAccount("444455556666", "b".repeat(64));
      case "stranger" -> Requester.ofAccount("777788889999", "c".repeat(64));
      default ->
          new Requester(
              Requester.Kind.USER,
              "111122223333",
              "a".repeat(64),
              "arn:aws:iam::111122223333:user/" + who,
              who,
              "AIDA" + who,
              null);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public read | nobody | GetObject | /a | | DIRECT
          public read | nobody | GetObjectVersion | /a | | DIRECT
          public read | nobody | PutObject | /a | | NONE
          public read | nobody | ListBucket | | | NONE
          two accounts, with full control | root | PutObject | /a | s3:x-amz-acl=public-read | DIRECT
          two accounts, with full control | Ada | PutObjectAcl | /a | s3:x-amz-acl=public-read | ACCOUNT
          two accounts, with full control | second | PutObject | /a | s3:x-amz-acl=public-read | DIRECT
          two accounts, with full control | second | PutObject | /a | | NONE
          two accounts, with full control | second | PutObject | /a | s3:x-amz-acl=private | NONE
          two accounts, with full control | stranger | PutObject | /a | s3:x-amz-acl=public-read | NONE
          encrypted uploads only | root | PutObject | /a | | DENIED
          encrypted uploads only | root | PutObject | /a | s3:x-amz-server-side-encryption=AES256 | DENIED
          encrypted uploads only | root | PutObject | /a | s3:x-amz-server-side-encryption=aws:kms | NONE
          encrypted uploads only | root | GetObject | /a | | NONE
          encrypted with a key | root | PutObject | /a | | DENIED
          encrypted with a key | root | PutObject | /a | s3:x-amz-server-side-encryption-aws-kms-key-id=arn:aws:kms:us-east-1:111122223333:key/j | DENIED
          encrypted with a key | root | PutObject | /a | s3:x-amz-server-side-encryption-aws-kms-key-id=arn:aws:kms:us-east-1:111122223333:key/k | NONE
          tls only | root | GetObject | /a | aws:securetransport=false | DENIED
          tls only | root | ListBucket | | aws:securetransport=false | DENIED
          tls only | root | GetObject | /a | aws:securetransport=true | NONE
          one network | root | GetObject | /a | aws:sourceip=192.0.3.1 | DENIED
          one network | root | GetObject | /a | aws:sourceip=192.0.2.1 | NONE
          one network | root | GetObject | /a | aws:sourceip=::1 | DENIED
          two networks without one address | nobody | GetObject | /a | aws:sourceip=192.0.2.1 | DIRECT
          two networks without one address | nobody | GetObject | /a | aws:sourceip=192.0.2.188 | NONE
          two networks without one address | nobody | GetObject | /a | aws:sourceip=2001:db8:1234:5678::1 | DIRECT
          two networks without one address | nobody | GetObject | /a | aws:sourceip=2001:db8:1234:5678:abcd::1 | NONE
          two networks without one address | nobody | GetObject | /a | aws:sourceip=192.0.3.1 | NONE
          one site | nobody | GetObject | /a | aws:referer=http://www.example.com/page | DIRECT
          one site | nobody | GetObject | /a | aws:referer=http://www.example.org/page | NONE
          one site | nobody | GetObject | /a | | NONE
          homes | Ada | GetObject | /home/Ada/x | aws:username=Ada | ACCOUNT
          homes | Ada | GetObject | /home/Bob/x | aws:username=Ada | NONE
          homes | root | GetObject | /home/x | | NONE
          homes | Ada | ListBucket | | aws:username=Ada;s3:prefix=home/Ada/x | ACCOUNT
          homes | Ada | ListBucket | | aws:username=Ada;s3:prefix=home/ | ACCOUNT
          homes | Ada | ListBucket | | aws:username=Ada;s3:prefix=home/Bob/ | NONE
          homes | Ada | ListBucket | | aws:username=Ada | NONE
          few keys | Ada | ListBucket | | s3:max-keys=10 | DIRECT
          few keys | Ada | ListBucket | | s3:max-keys=11 | DENIED
          few keys | Ada | ListBucket | | | NONE
          security level | Ada | GetObject | /a | s3:existingobjecttag/security=public | DIRECT
          security level | Ada | GetObject | /a | s3:existingobjecttag/security=secret | NONE
          security level | Bob | GetObject | /a | s3:existingobjecttag/security=public | NONE
          copies from one folder | Ada | PutObject | /a | s3:x-amz-copy-source=bucket/public/a | DIRECT
          copies from one folder | Ada | PutObject | /a | s3:x-amz-copy-source=bucket/secret/a | DENIED
          copies from one folder | Ada | PutObject | /a | | DENIED
          one storage class | Ada | PutObject | /a | s3:x-amz-storage-class=STANDARD_IA | DIRECT
          one storage class | Ada | PutObject | /a | s3:x-amz-storage-class=STANDARD | NONE
          new signatures | root | GetObject | /a | s3:signatureage=600001 | DENIED
          new signatures | root | GetObject | /a | s3:signatureage=599999 | NONE
          new signatures | nobody | GetObject | /a | | NONE
          short locks | root | PutObjectRetention | /a | s3:object-lock-remaining-retention-days=11 | DENIED
          short locks | root | PutObjectRetention | /a | s3:object-lock-remaining-retention-days=9 | NONE
          old tls | root | GetObject | /a | s3:tlsversion=1.1 | DENIED
          old tls | root | GetObject | /a | s3:tlsversion=1.3 | NONE
          """)
  void examplesDecide(
      String name, String who, String action, String key, String context, String decision)
      throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String pair : context == null ? new String[0] : context.split(";")) {
      values.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    PolicyRequest request =
        new PolicyRequest(
            requester(who),
            "s3:" + action,
            PolicyRequest.bucketArn("bucket") + (key == null ? "" : key),
            asked -> values.containsKey(asked) ? List.of(values.get(asked)) : List.of());
    PolicySet.Findings findings =
        PolicySet.EMPTY.withBucket(policy(POLICIES.get(name))).evaluate(request);
    String found = findings.denied() == null ? findings.grant().name() : "DENIED";
    assertThat(found).isEqualTo(decision);
    if (findings.denied() != null) {
      assertThat(findings.denied().toString()).startsWith("bucket policy, statement #");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public read | true
          two accounts, with full control | false
          tls only | false
          two networks without one address | false
          one site | true
          homes | false
          """)
  void examplesArePublicOrNot(String name, boolean isPublic) {
    assertThat(policy(POLICIES.get(name)).isPublic()).isEqualTo(isPublic);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'IpAddress':{'aws:SourceIp':'0.0.0.0/1'} | true
          'IpAddress':{'aws:SourceIp':'10.0.0.0/8'} | false
          'IpAddressIfExists':{'aws:SourceIp':'10.0.0.0/8'} | true
          'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'} | true
          'StringEquals':{'aws:PrincipalAccount':'111122223333'} | false
          'StringLike':{'aws:PrincipalAccount':'1111*'} | true
          'StringLike':{'aws:userid':'AIDA1'} | false
          'ForAllValues:StringEquals':{'aws:PrincipalAccount':'111122223333'} | true
          'StringEquals':{'aws:PrincipalArn':'arn:aws:iam::${aws:PrincipalAccount}:root'} | true
          """)
  void aConditionKeepsThePublicOutOrNot(String condition, boolean isPublic) {
    Policy policy = policy(allow(ALL + "'s3:GetObject'" + OBJECTS + when(condition)));
    assertThat(policy.isPublic()).isEqualTo(isPublic);
  }

  /** What has no meaning here: networks of AWS, organisations, second factors, other partitions. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'StringNotEquals':{'aws:SourceVpce':'vpce-1a2b3c4d'}
          'StringEquals':{'aws:PrincipalOrgID':['o-a1b2c3d4e5']}
          'Null':{'aws:MultiFactorAuthAge':true}
          'StringEquals':{'s3:DataAccessPointAccount':'111122223333'}
          """)
  void whatHasNoMeaningHereIsRefused(String condition) {
    Throwable refusal =
        catchThrowable(() -> policy(allow(ALL + "'s3:GetObject'" + OBJECTS + when(condition))));
    assertThat(((S3Exception) refusal).code()).isEqualTo(S3ErrorCode.MALFORMED_POLICY);
  }

  /** Identity and session policies: a denial anywhere wins, and a session narrows. */
  @ParameterizedTest
  @CsvSource({
    "s3:GetObject, true, true",
    "s3:PutObject, true, false",
    "s3:ListBucket, false, true",
  })
  void identityAndSessionPoliciesAreAskedApart(String action, boolean byUser, boolean bySession)
      throws IOException {
    PolicySet set =
        new PolicySet(
            List.of(
                new PolicySet.Named(
                    "user policy", identity("'s3:GetObject','s3:PutObject'", "Allow")),
                new PolicySet.Named("group policy", identity("'s3:DeleteObject'", "Deny"))),
            identity("'s3:GetObject','s3:ListBucket','s3:DeleteObject'", "Allow"),
            null);
    PolicySet.Findings findings =
        set.evaluate(
            new PolicyRequest(requester("Ada"), action, "arn:aws:s3:::bucket/a", key -> List.of()));
    assertThat(findings.denied()).isNull();
    assertThat(findings.identity() != null).isEqualTo(byUser);
    assertThat(findings.session() != null).isEqualTo(bySession);
    PolicySet.Findings denied =
        set.evaluate(
            new PolicyRequest(
                requester("Ada"), "s3:DeleteObject", "arn:aws:s3:::b/a", key -> List.of()));
    assertThat(denied.denied()).hasToString("group policy, statement #1");
    assertThat(Arrays.asList(denied.identity(), denied.session())).containsOnlyNulls();
  }

  private static Policy identity(String actions, String effect) {
    String json =
        "{'Version':'2012-10-17','Statement':{'Effect':'%s','Action':[%s],'Resource':'*'}}";
    return Policy.ofIdentity(json.formatted(effect, actions).replace('\'', '"').getBytes(UTF_8));
  }
}
