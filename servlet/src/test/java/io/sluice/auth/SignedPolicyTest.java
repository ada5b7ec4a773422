package io.sluice.auth;

import static io.sluice.auth.AuthFixture.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.AuthSettings.Mode;
import io.sluice.error.S3ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The signatures of forms, first of all AWS's example.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html">Example</a>
 */
class SignedPolicyTest {
  private static final Instant SIGNED = Instant.parse("2015-12-29T00:00:00Z");
  private static final String POLICY =
      Base64.getEncoder().encodeToString(policy().getBytes(StandardCharsets.UTF_8));

  private static String policy() {
    return String.join(
        "\r\n",
        "{ \"expiration\": \"2015-12-30T12:00:00.000Z\",",
        "  \"conditions\": [",
        "    {\"bucket\": \"sigv4examplebucket\"},",
        "    [\"starts-with\", \"$key\", \"user/user1/\"],",
        "    {\"acl\": \"public-read\"},",
        "    {\"success_action_redirect\":"
            + " \"http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html\"},",
        "    [\"starts-with\", \"$Content-Type\", \"image/\"],",
        "    {\"x-amz-meta-uuid\": \"14365123651274\"},",
        "    {\"x-amz-server-side-encryption\": \"AES256\"},",
        "    [\"starts-with\", \"$x-amz-meta-tag\", \"\"],",
        "",
        "    {\"x-amz-credential\":"
            + " \"AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request\"},",
        "    {\"x-amz-algorithm\": \"AWS4-HMAC-SHA256\"},",
        "    {\"x-amz-date\": \"20151229T000000Z\" }",
        "  ]",
        "}");
  }

  private static Map<String, String> version4() {
    Map<String, String> fields = new HashMap<>();
    fields.put("policy", POLICY);
    fields.put("x-amz-algorithm", "AWS4-HMAC-SHA256");
    fields.put("x-amz-credential", TestClient.ACCESS_KEY + "/20151229/us-east-1/s3/aws4_request");
    fields.put("x-amz-date", "20151229T000000Z");
    fields.put(
        "x-amz-signature", "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
    return fields;
  }

  private static Map<String, String> version2() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(TestClient.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] signature = mac.doFinal(POLICY.getBytes(StandardCharsets.UTF_8));
    Map<String, String> fields = new HashMap<>();
    fields.put("policy", POLICY);
    fields.put("awsaccesskeyid", TestClient.ACCESS_KEY);
    fields.put("signature", Base64.getEncoder().encodeToString(signature));
    return fields;
  }

  private static Authenticator authenticator(AuthSettings settings, String token) {
    return new Authenticator(
        settings, AuthFixture.credentials(token), Clock.fixed(SIGNED, ZoneOffset.UTC));
  }

  @Test
  void theExampleIsSignedRightly() throws Exception {
    assertThat(AuthFixture.at(SIGNED).authenticateForm(version4()).orElseThrow().accessKeyId())
        .isEqualTo(TestClient.ACCESS_KEY);
    assertThat(AuthFixture.at(SIGNED).authenticateForm(version2()).orElseThrow().accessKeyId())
        .isEqualTo(TestClient.ACCESS_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"policy", "x-amz-signature", "signature"})
  void everyBitCounts(String field) throws Exception {
    for (Map<String, String> fields : List.of(version4(), version2())) {
      if (fields.containsKey(field)) {
        fields.computeIfPresent(
            field, (name, value) -> (value.charAt(0) == 'a' ? "b" : "a") + value.substring(1));
        assertFails(
            S3ErrorCode.SIGNATURE_DOES_NOT_MATCH,
            () -> AuthFixture.at(SIGNED).authenticateForm(fields));
      }
    }
  }

  @Test
  void anotherKeyIsUnknown() throws Exception {
    Map<String, String> v2 = version2();
    v2.put("awsaccesskeyid", "NOBODY");
    assertFails(
        S3ErrorCode.INVALID_ACCESS_KEY_ID, () -> AuthFixture.at(SIGNED).authenticateForm(v2));
    Map<String, String> v4 = version4();
    v4.put("x-amz-credential", "NOBODY/20151229/us-east-1/s3/aws4_request");
    assertFails(
        S3ErrorCode.INVALID_ACCESS_KEY_ID, () -> AuthFixture.at(SIGNED).authenticateForm(v4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy",
        "x-amz-algorithm",
        "x-amz-credential",
        "x-amz-date",
        "x-amz-signature",
        "awsaccesskeyid",
        "signature"
      })
  void everyFieldMustBeThere(String field) throws Exception {
    for (Map<String, String> fields : List.of(version4(), version2())) {
      if (fields.remove(field) != null) {
        assertFails(
            S3ErrorCode.INVALID_ARGUMENT, () -> AuthFixture.at(SIGNED).authenticateForm(fields));
      }
    }
  }

  @Test
  void aPolicyWithoutSignatureIsRefused() {
    assertFails(
        S3ErrorCode.INVALID_ARGUMENT,
        () -> AuthFixture.at(SIGNED).authenticateForm(Map.of("policy", POLICY)));
    assertThat(AuthFixture.at(SIGNED).authenticateForm(Map.of("key", "k"))).isEmpty();
  }

  @Test
  void twoSignaturesAreOneTooMany() throws Exception {
    Map<String, String> fields = version4();
    fields.putAll(version2());
    assertFails(
        S3ErrorCode.INVALID_ARGUMENT, () -> AuthFixture.at(SIGNED).authenticateForm(fields));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-amz-algorithm=AWS4-HMAC-SHA1",
        "x-amz-date=20151230T000000Z",
        "x-amz-date=2015-12-29",
        "x-amz-credential=AKIAIOSFODNN7EXAMPLE",
        "x-amz-credential=AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/iam/aws4_request",
      })
  void whatIsMalformedIsNamed(String change) {
    Map<String, String> fields = version4();
    fields.put(change.split("=", 2)[0], change.split("=", 2)[1]);
    assertFails(
        S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
        () -> AuthFixture.at(SIGNED).authenticateForm(fields));
  }

  @Test
  void aSignatureIsGoodForSevenDays() {
    Duration week = Duration.ofDays(7);
    assertThat(AuthFixture.at(SIGNED.plus(week)).authenticateForm(version4())).isPresent();
    assertFails(
        S3ErrorCode.ACCESS_DENIED,
        () -> AuthFixture.at(SIGNED.plus(week).plusSeconds(1)).authenticateForm(version4()));
    assertFails(
        S3ErrorCode.ACCESS_DENIED,
        () -> AuthFixture.at(SIGNED.minusSeconds(901)).authenticateForm(version4()));
  }

  @Test
  void aRegionMayBeEnforced() {
    AuthSettings elsewhere = AuthFixture.inRegion("eu-central-1");
    assertFails(
        S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
        () -> authenticator(elsewhere, null).authenticateForm(version4()));
    assertThat(authenticator(AuthFixture.inRegion("us-east-1"), null).authenticateForm(version4()))
        .isPresent();
  }

  @Test
  void aTemporaryKeyNeedsItsToken() throws Exception {
    for (Map<String, String> fields : List.of(version4(), version2())) {
      Authenticator temporary = authenticator(AuthFixture.settings(), "token");
      assertFails(S3ErrorCode.INVALID_TOKEN, () -> temporary.authenticateForm(fields));
      fields.put("x-amz-security-token", "token");
      assertThat(temporary.authenticateForm(fields)).isPresent();
      assertFails(S3ErrorCode.INVALID_TOKEN, () -> AuthFixture.at(SIGNED).authenticateForm(fields));
    }
  }

  @Test
  void version2GoesWithPresignedUrls() throws Exception {
    AuthSettings without =
        new AuthSettings(Mode.SIGV4, null, false, true, Duration.ofMinutes(15), List.of());
    Map<String, String> fields = version2();
    assertFails(
        S3ErrorCode.INVALID_REQUEST, () -> authenticator(without, null).authenticateForm(fields));
    AuthSettings none =
        new AuthSettings(Mode.NONE, null, false, true, Duration.ofMinutes(15), List.of());
    assertThat(authenticator(none, null).authenticateForm(fields)).isEmpty();
  }
}
