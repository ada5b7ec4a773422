package io.sluice.iam.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyParserTest {
  private static final String VALID =
      "{'Version':'2012-10-17','Id':'x','Statement':[{'Sid':'a','Effect':'Allow',"
          + "'Principal':{'AWS':['arn:aws:iam::111122223333:root']},"
          + "'Action':['s3:GetObject','s3:ListBucket'],"
          + "'Resource':['arn:aws:s3:::bucket','arn:aws:s3:::bucket/*'],"
          + "'Condition':{'Bool':{'aws:SecureTransport':true}}}]}";

  private static Policy parse(String json) {
    return Policy.ofBucket(json.replace('\'', '"').getBytes(UTF_8), "bucket");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        VALID,
        "  " + VALID + "\n",
        "{'Statement':{'Effect':'Deny','NotPrincipal':'*','NotAction':'s3:*','NotResource':"
            + "'arn:aws:s3:::bucket/a'}}",
        "{'Statement':{'Effect':'Allow','Principal':{'CanonicalUser':"
            + "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','AWS':'*'},"
            + "'Action':'*','Resource':'arn:aws:s3:::buck*'}}",
        "{'Statement':[{'Sid':'','Effect':'Allow','Principal':'*','Action':'S3:getobject',"
            + "'Resource':'arn:aws:s3:::bucket/${aws:username}/*'},{'Sid':'','Effect':'Deny',"
            + "'Principal':'*','Action':'s3:G?tObject','Resource':'arn:aws:s3:::bucket/*'}]}",
      })
  void whatAwsTakesIsTaken(String json) {
    assertThat(parse(json).statements()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [] | Policies must be valid JSON and the first byte must be '{'
          {'Statement' | This policy contains invalid Json
          {'Version':'2012-10-17','Version':'2012-10-17'} | This policy contains invalid Json
          {} {} | This policy contains invalid Json
          {'Version':'2012-10-17'} | Missing required field Statement
          {'Version':'2013-10-17','Statement':[]} | The policy must contain a valid version string
          {'Version':2,'Statement':[]} | The policy must contain a valid version string
          {'Id':1,'Statement':[]} | Invalid policy syntax.
          {'Statement':[]} | Could not parse the policy: Statement is empty!
          {'Statement':['x']} | Invalid policy syntax.
          {'Statements':[]} | Unknown field Statements
          {'Statement':{'effect':'Allow'}} | Unknown field effect
          {'Statement':{'Sid':'a'}} | Missing required field Effect
          {'Statement':{'Effect':'allow'}} | Invalid effect: allow
          {'Statement':{'Effect':'Allow'}} | Missing required field Principal
          """)
  void theFormIsChecked(String json, String message) {
    assertRefused(json, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'Principal':'x' | Invalid principal in policy
          'Principal':{'AWS':'*.x'} | Invalid principal in policy
          'Principal':{'AWS':[]} | Invalid principal in policy
          'Principal':{'AWS':{}} | Invalid principal in policy
          'Principal':{} | Invalid principal in policy
          'Principal':{'AWS':'arn:aws:iam::111122223333:user/*x'} | Invalid principal in policy
          'Principal':{'AWS':'arn:aws:iam::1111:root'} | Invalid principal in policy
          'Principal':{'Federated':'accounts.example.com'} | Invalid principal in policy
          'Principal':{'CanonicalUser':'abc'} | Invalid principal in policy
          'Principal':'*','NotPrincipal':'*' | Invalid policy syntax.
          'Principal':'*' | Missing required field Action
          'Principal':'*','Action':[] | Policy has invalid action
          'Principal':'*','Action':'s3:Fly' | Policy has invalid action
          'Principal':'*','Action':'s3:Fly*' | Policy has invalid action
          'Principal':'*','Action':'iam:GetUser' | Policy has invalid action
          'Principal':'*','Action':1 | Policy has invalid action
          'Principal':'*','Action':'s3:*' | Missing required field Resource
          """)
  void principalsAndActionsAreChecked(String fields, String message) {
    assertRefused("{'Statement':{'Effect':'Allow'," + fields + "}}", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s3:* | * | Policy has invalid resource
          s3:* | arn:aws:s3:::* | Policy has invalid resource
          s3:* | arn:aws:s3:::other | Policy has invalid resource
          s3:* | arn:aws:s3:::buckets/* | Policy has invalid resource
          s3:* | arn:aws:s3:::bucket2* | Policy has invalid resource
          s3:* | arn:aws:s3:::${aws:username}/* | Policy has invalid resource
          s3:* | arn:aws:sqs:::bucket | Policy has invalid resource
          s3:* | bucket | Policy has invalid resource
          s3:ListBucket | arn:aws:s3:::bucket/* | Action does not apply to any resource(s) in statement
          s3:GetObject | arn:aws:s3:::bucket | Action does not apply to any resource(s) in statement
          s3:ListAllMyBuckets | arn:aws:s3:::bucket | Action does not apply to any resource(s) in statement
          s3:GetObject | arn:aws:s3:::bucket/${s3:nothing} | Policy has an invalid condition key
          s3:GetObject | arn:aws:s3:::bucket/${aws:username | Invalid policy syntax.
          """)
  void resourcesAreChecked(String action, String resource, String message) {
    String json =
        "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Principal':'*','Action':'%s',"
            + "'Resource':'%s'}}";
    assertRefused(json.formatted(action, resource), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [] | Invalid policy syntax.
          {'StringIs':{'aws:username':'x'}} | Invalid Condition type : StringIs
          {'ForSomeValues:StringEquals':{'aws:username':'x'}} | Invalid Condition type : ForSomeValues:StringEquals
          {'NullIfExists':{'aws:username':'true'}} | Invalid Condition type : NullIfExists
          {'StringEquals':'x'} | Invalid policy syntax.
          {'StringEquals':{'aws:username':[]}} | Invalid policy syntax.
          {'StringEquals':{'aws:username':{}}} | Invalid policy syntax.
          {'StringEquals':{'aws:username':null}} | Invalid policy syntax.
          {'StringEquals':{'aws:SourceVpce':'vpce-1'}} | Policy has an invalid condition key
          {'StringEquals':{'s3:ExistingObjectTag/':'x'}} | Policy has an invalid condition key
          {'StringEquals':{'s3:prefix':'x'}} | Conditions do not apply to combination of actions and resources in statement
          {'NumericEquals':{'s3:signatureAge':'many'}} | Invalid value in Condition : many
          {'DateEquals':{'aws:CurrentTime':'today'}} | Invalid value in Condition : today
          {'Bool':{'aws:SecureTransport':'maybe'}} | Invalid value in Condition : maybe
          {'BinaryEquals':{'aws:UserAgent':'?'}} | Invalid value in Condition : ?
          {'IpAddress':{'aws:SourceIp':'10.0.0.0/33'}} | Invalid IP address 10.0.0.0/33
          {'IpAddress':{'aws:SourceIp':'example.com'}} | Invalid IP address example.com
          {'ArnLike':{'aws:PrincipalArn':'x'}} | Invalid ARN in Condition : x
          """)
  void conditionsAreChecked(String condition, String message) {
    String json =
        "{'Statement':{'Effect':'Allow','Principal':'*','Action':'s3:GetObject',"
            + "'Resource':'arn:aws:s3:::bucket/*','Condition':%s}}";
    assertRefused(json.formatted(condition), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {20 * 1024, 20 * 1024 + 1})
  void aPolicyHasALimit(int sizeBytes) {
    String padded = VALID + " ".repeat(sizeBytes - VALID.length());
    if (sizeBytes > Policy.MAX_BYTES) {
      assertRefused(padded, "Policy exceeds the maximum allowed document size.");
    } else {
      assertThat(parse(padded).statements()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'Action':'iam:*','Resource':'*' | taken
          'Action':['s3:ListAllMyBuckets','kms:Decrypt'],'Resource':['*'] | taken
          'Action':'s3:Fly','Resource':'*' | Policy has invalid action
          'Action':'s3:*','Resource':'bucket' | Policy has invalid resource
          'Principal':'*','Action':'s3:*','Resource':'*' | Policy document should not specify a principal.
          """)
  void identitiesHavePoliciesWithoutPrincipals(String fields, String outcome) {
    byte[] json =
        ("{'Statement':{'Effect':'Allow'," + fields + "}}").replace('\'', '"').getBytes(UTF_8);
    Throwable refusal = catchThrowable(() -> Policy.ofIdentity(json));
    assertThat(refusal == null ? "taken" : refusal.getMessage()).isEqualTo(outcome);
  }

  private static void assertRefused(String json, String message) {
    S3Exception refusal = catchThrowableOfType(S3Exception.class, () -> parse(json));
    assertThat(refusal).as(json).isNotNull();
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.MALFORMED_POLICY);
    assertThat(refusal.message()).isEqualTo(message);
  }

  @Property
  void nothingButMalformedPolicyIsEverThrown(@ForAll("mutilated") String json) {
    Throwable thrown = catchThrowable(() -> parse(json));
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(S3Exception.class);
      assertThat(((S3Exception) thrown).code()).isEqualTo(S3ErrorCode.MALFORMED_POLICY);
    }
  }

  /** A valid policy of which a piece is replaced by something else of the language. */
  @Provide
  Arbitrary<String> mutilated() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "'",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "*",
            "${",
            "null",
            "1e999999999",
            "[[[[[[[[[[[[[[[",
            "'Condition':{",
            "\\u0000",
            "\ud800",
            "arn:aws:s3:::",
            "true",
            "{'Null':{'aws:Referer':",
            "",
            "'Action'",
            "'s3:*'",
            "'Principal':",
            "-",
            "/",
            "${aws:username, '");
    return Arbitraries.integers()
        .between(0, VALID.length())
        .flatMap(
            from ->
                Arbitraries.integers()
                    .between(0, 40)
                    .flatMap(
                        length ->
                            pieces
                                .list()
                                .ofMaxSize(3)
                                .map(
                                    list ->
                                        VALID.substring(0, from)
                                            + String.join("", list)
                                            + VALID.substring(
                                                Math.min(VALID.length(), from + length)))));
  }

  @Property
  void bytesThatAreNoPolicyAreMalformed(@ForAll byte[] bytes) {
    Throwable thrown = catchThrowable(() -> Policy.ofBucket(bytes, "bucket"));
    assertThat(thrown).isInstanceOf(S3Exception.class);
    assertThat(((S3Exception) thrown).code()).isEqualTo(S3ErrorCode.MALFORMED_POLICY);
  }
}
