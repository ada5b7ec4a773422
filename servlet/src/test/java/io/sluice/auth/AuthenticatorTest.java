package io.sluice.auth;

import static io.sluice.auth.AuthFixture.assertFails;
import static io.sluice.auth.AuthFixture.authenticator;
import static io.sluice.auth.TestClient.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and with which error; and the ways of signing that are accepted. */
class AuthenticatorTest {
  private static final TestRequest GET = TestRequest.of("GET", "/bucket/key");
  private final Authenticator authenticator = authenticator(AuthFixture.settings());
  private final TestClient client = new TestClient();

  @Test
  void nobody() {
    Identity identity = authenticator.authenticate(GET).identity();
    assertThat(identity).isEqualTo(Identity.ANONYMOUS);
    assertFails(
        S3ErrorCode.INVALID_REQUEST,
        () ->
            authenticator.authenticate(
                GET.with("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")));
  }

  @Test
  void theAccountOfTheKey() {
    Identity identity = authenticator.authenticate(client.sign(GET)).identity();
    assertThat(identity).isEqualTo(AuthFixture.ACCOUNT.identity(TestClient.ACCESS_KEY));
    assertThat(identity.canonicalId()).hasSize(64);
  }

  @Test
  void unknownKey() {
    TestRequest request = client.sign(GET);
    String header = request.header("authorization").replace(TestClient.ACCESS_KEY, "AKIAUNKNOWN");
    S3Exception failure =
        assertFails(
            S3ErrorCode.INVALID_ACCESS_KEY_ID,
            () -> authenticator.authenticate(request.with("Authorization", header)));
    assertThat(failure.details()).containsEntry("AWSAccessKeyId", "AKIAUNKNOWN");
  }

  /** AWS answers with everything that a client needs to find its mistake. */
  @Test
  void mismatchIsDiagnosed() {
    TestRequest request = client.sign(GET).with("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    S3Exception failure =
        assertFails(
            S3ErrorCode.SIGNATURE_DOES_NOT_MATCH, () -> authenticator.authenticate(request));
    assertThat(failure.details().keySet())
        .containsExactly(
            "AWSAccessKeyId",
            "StringToSign",
            "SignatureProvided",
            "StringToSignBytes",
            "CanonicalRequest",
            "CanonicalRequestBytes");
    assertThat(failure.details().get("CanonicalRequest"))
        .isEqualTo(
            "GET\n/bucket/key\n\nhost:gateway.test:8080\nx-amz-content-sha256:UNSIGNED-PAYLOAD\n"
                + "x-amz-date:20261123T010000Z\n\nhost;x-amz-content-sha256;x-amz-date\n"
                + "UNSIGNED-PAYLOAD");
    assertThat(failure.details().get("CanonicalRequestBytes")).startsWith("47 45 54 0a 2f 62");
    assertThat(failure.details().get("StringToSign"))
        .startsWith("AWS4-HMAC-SHA256\n20261123T010000Z\n20261123/us-east-1/s3/aws4_request\n");
    assertThat(failure.toString() + failure.details()).doesNotContain(TestClient.SECRET);
  }

  @ParameterizedTest
  @CsvSource({"-899, true", "-901, false", "899, true", "901, false"})
  void skew(long seconds, boolean accepted) {
    TestRequest request = new TestClient(NOW.plusSeconds(seconds), "us-east-1").sign(GET);
    if (accepted) {
      assertThat(authenticator.authenticate(request).identity().isAnonymous()).isFalse();
      return;
    }
    S3Exception failure =
        assertFails(S3ErrorCode.REQUEST_TIME_TOO_SKEWED, () -> authenticator.authenticate(request));
    assertThat(failure.details())
        .containsEntry("RequestTime", request.header("x-amz-date"))
        .containsEntry("ServerTime", "2026-11-23T01:00:00Z")
        .containsEntry("MaxAllowedSkewMilliseconds", "900000");
  }

  @ParameterizedTest
  @CsvSource({"0, true", "60, true", "61, false", "-900, true", "-901, false"})
  void presignedLife(long secondsAfterSigning, boolean accepted) {
    TestRequest request = client.presign("GET", "/bucket/key", 60);
    Authenticator then = AuthFixture.at(NOW.plusSeconds(secondsAfterSigning));
    if (accepted) {
      assertThat(then.authenticate(request).identity().isAnonymous()).isFalse();
      return;
    }
    S3Exception failure = assertFails(S3ErrorCode.ACCESS_DENIED, () -> then.authenticate(request));
    if (secondsAfterSigning > 0) {
      assertThat(failure.message()).isEqualTo("Request has expired");
      assertThat(failure.details())
          .containsEntry("X-Amz-Expires", "60")
          .containsEntry("Expires", "2026-11-23T01:01:00Z")
          .containsEntry("ServerTime", "2026-11-23T01:01:01Z");
    }
  }

  @Test
  void presignedForAWeekAtTheMost() {
    assertThat(
            authenticator
                .authenticate(client.presign("GET", "/bucket/key", 604_800))
                .identity()
                .isAnonymous())
        .isFalse();
    for (long seconds : new long[] {0, -1, 604_801, Long.MAX_VALUE}) {
      TestRequest request = client.presign("GET", "/bucket/key", seconds);
      assertFails(
          S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
          () -> authenticator.authenticate(request));
    }
    String query = client.presign("GET", "/bucket/key", 60).rawQuery();
    for (String number : List.of("x", "1e3", "99999999999999999999")) {
      assertFails(
          S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
          () -> authenticator.authenticate(GET.query(query.replace("=60&", "=" + number + "&"))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Signature",
        "X-Amz-Algorithm"
      })
  void presignedNeedsAllParameters(String name) {
    String query = client.presign("GET", "/bucket/key", 60).rawQuery();
    for (String broken :
        List.of(
            query.replaceAll("&?" + name + "=[^&]*", ""),
            query.replaceAll("(" + name + ")=[^&]*", "$1="))) {
      assertFails(
          S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
          () -> authenticator.authenticate(GET.query(broken)));
    }
  }

  @Test
  void enforcedRegion() {
    Authenticator inEurope = authenticator(AuthFixture.inRegion("eu-west-1"));
    TestClient european = new TestClient(NOW, "eu-west-1");
    assertThat(inEurope.authenticate(european.sign(GET)).identity().isAnonymous()).isFalse();
    S3Exception header =
        assertFails(
            S3ErrorCode.AUTHORIZATION_HEADER_MALFORMED,
            () -> inEurope.authenticate(client.sign(GET)));
    assertThat(header.details()).containsEntry("Region", "eu-west-1");
    assertThat(header.message())
        .isEqualTo(
            "The authorization header is malformed; the region 'us-east-1' is wrong; expecting"
                + " 'eu-west-1'");
    S3Exception query =
        assertFails(
            S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
            () -> inEurope.authenticate(client.presign("GET", "/bucket/key", 60)));
    assertThat(query.details()).containsEntry("Region", "eu-west-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/s3/aws4_request",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/s3/aws4_request, SignedHeaders=host",
        "AWS4-HMAC-SHA256 Credential=A, SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=A/2026/us-east-1/s3/aws4_request, SignedHeaders=host,"
            + " Signature=00",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/ec2/aws4_request, SignedHeaders=host,"
            + " Signature=00",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/s3/aws5_request, SignedHeaders=host,"
            + " Signature=00",
        "AWS4-HMAC-SHA256 Credential=A/20261122/us-east-1/s3/aws4_request, SignedHeaders=host,"
            + " Signature=00",
      })
  void malformedHeader(String header) {
    TestRequest request =
        GET.with("Authorization", header)
            .with("x-amz-date", "20261123T010000Z")
            .with("Host", "gateway.test");
    assertFails(
        S3ErrorCode.AUTHORIZATION_HEADER_MALFORMED, () -> authenticator.authenticate(request));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer abc",
        "Basic eDp5",
        "AWS4-HMAC-SHA512 Credential=a",
        "AWS",
        "AWS key",
        "AWS4-ECDSA-P256-SHA256 Credential=A"
      })
  void unknownMechanism(String header) {
    assertFails(
        S3ErrorCode.INVALID_ARGUMENT,
        () -> authenticator.authenticate(GET.with("Authorization", header)));
  }

  @Test
  void oneMechanismOnly() {
    TestRequest presigned = client.presign("GET", "/bucket/key", 60);
    String header = client.sign(GET).header("authorization");
    assertFails(
        S3ErrorCode.INVALID_ARGUMENT,
        () -> authenticator.authenticate(presigned.with("Authorization", header)));
    assertFails(
        S3ErrorCode.INVALID_ARGUMENT,
        () ->
            authenticator.authenticate(
                presigned.query(presigned.rawQuery() + "&AWSAccessKeyId=A&Signature=S&Expires=1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-amz-acl", "X-Amz-Meta-Note", "x-amz-copy-source"})
  void everyAmzHeaderIsSigned(String name) {
    for (TestRequest request :
        List.of(client.sign(GET), client.presign("GET", "/bucket/key", 60))) {
      S3Exception failure =
          assertFails(
              S3ErrorCode.ACCESS_DENIED,
              () -> authenticator.authenticate(request.with(name, "public-read")));
      assertThat(failure.message())
          .isEqualTo("There were headers present in the request which were not signed");
      assertThat(failure.details())
          .containsEntry("HeadersNotSigned", name.toLowerCase(java.util.Locale.ROOT));
    }
    assertThat(
            authenticator
                .authenticate(client.sign(GET.with(name, "private")))
                .identity()
                .isAnonymous())
        .isFalse();
  }

  @Test
  void hostIsSigned() {
    TestRequest request = client.sign(GET);
    String header =
        request.header("authorization").replace("SignedHeaders=host;", "SignedHeaders=");
    S3Exception failure =
        assertFails(
            S3ErrorCode.ACCESS_DENIED,
            () -> authenticator.authenticate(request.with("Authorization", header)));
    assertThat(failure.details()).containsEntry("HeadersNotSigned", "host");
    assertFails(
        S3ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        () -> authenticator.authenticate(request.with("Host", "other.test:8080")));
  }

  @Test
  void payloadHashIsRequiredAndChecked() {
    TestRequest request = client.sign(GET);
    S3Exception missing =
        assertFails(
            S3ErrorCode.INVALID_REQUEST,
            () -> authenticator.authenticate(request.without("x-amz-content-sha256")));
    assertThat(missing.message())
        .isEqualTo("Missing required header for this request: x-amz-content-sha256");
    for (String wrong : List.of("", "sha256", "STREAMING-UNSIGNED-PAYLOAD", "00".repeat(31))) {
      assertFails(
          S3ErrorCode.INVALID_ARGUMENT,
          () -> authenticator.authenticate(client.sign(GET.with("x-amz-content-sha256", wrong))));
    }
    assertFails(
        S3ErrorCode.NOT_IMPLEMENTED,
        () ->
            authenticator.authenticate(
                client.sign(
                    GET.with("x-amz-content-sha256", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD"))));
  }

  @Test
  void dateInsteadOfAmzDate() {
    TestRequest request = client.sign(GET);
    String header = request.header("authorization").replace(";x-amz-date", "");
    TestRequest undated = request.with("Authorization", header).without("x-amz-date");
    assertFails(S3ErrorCode.ACCESS_DENIED, () -> authenticator.authenticate(undated));
    for (String date : List.of("tomorrow", "2026-11-23T01:00:00Z", "")) {
      assertFails(
          S3ErrorCode.ACCESS_DENIED, () -> authenticator.authenticate(undated.with("Date", date)));
    }
    assertFails(
        S3ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        () -> authenticator.authenticate(undated.with("Date", "Mon, 23 Nov 2026 01:00:00 GMT")));
  }

  @Test
  void version2BySetting() {
    TestRequest presigned =
        TestRequest.resource("aws-v2/presigned-get-object.http").bucketOfHost("johnsmith");
    TestRequest header =
        TestRequest.resource("aws-v2/get-object.http").bucketOfHost("awsexamplebucket1");
    Clock clock = Clock.fixed(Instant.parse("2007-03-27T19:36:42Z"), ZoneOffset.UTC);
    Authenticator byDefault =
        new Authenticator(AuthSettings.DEFAULT, AuthFixture.credentials(null), clock);
    assertThat(byDefault.authenticate(presigned).identity().isAnonymous()).isFalse();
    assertFails(S3ErrorCode.INVALID_REQUEST, () -> byDefault.authenticate(header));
    AuthSettings closed =
        new AuthSettings(
            AuthSettings.Mode.SIGV4, null, false, false, Duration.ofMinutes(15), List.of());
    assertFails(
        S3ErrorCode.INVALID_REQUEST,
        () ->
            new Authenticator(closed, AuthFixture.credentials(null), clock)
                .authenticate(presigned));
  }

  /** Botocore signs a bucket as a virtual host has it, whatever its URL looks like. */
  @Test
  void version2OfABucketWithASlashBehindIt() {
    for (String path : List.of("/bucket", "/s3/bucket")) {
      TestRequest presigned =
          TestRequest.of("GET", path).prefix(path.equals("/bucket") ? "" : "/s3");
      String signature = version2("GET\n\n\n1175139620\n/bucket/");
      String query = "AWSAccessKeyId=" + TestClient.ACCESS_KEY + "&Expires=1175139620&Signature=";
      Authenticator ours = AuthFixture.at(Instant.ofEpochSecond(1_175_139_000));
      assertThat(ours.authenticate(presigned.query(query + signature)).identity().isAnonymous())
          .isFalse();
      TestRequest object = presigned.path(path + "/key").query(query + signature);
      assertFails(S3ErrorCode.SIGNATURE_DOES_NOT_MATCH, () -> ours.authenticate(object));
      TestRequest other = presigned.path(path + "2").query(query + signature);
      assertFails(S3ErrorCode.SIGNATURE_DOES_NOT_MATCH, () -> ours.authenticate(other));
    }
  }

  private static String version2(String stringToSign) {
    byte[] secret = TestClient.SECRET.getBytes(StandardCharsets.UTF_8);
    byte[] mac =
        SigningKeys.hmac(
            new SecretKeySpec(secret, "HmacSHA1"), stringToSign.getBytes(StandardCharsets.UTF_8));
    return URLEncoder.encode(Base64.getEncoder().encodeToString(mac), StandardCharsets.UTF_8);
  }

  @Test
  void version2Expires() {
    TestRequest request =
        TestRequest.resource("aws-v2/presigned-get-object.http").bucketOfHost("johnsmith");
    S3Exception failure =
        assertFails(
            S3ErrorCode.ACCESS_DENIED,
            () -> AuthFixture.at(Instant.ofEpochSecond(1_175_139_621)).authenticate(request));
    assertThat(failure.message()).isEqualTo("Request has expired");
    assertFails(
        S3ErrorCode.ACCESS_DENIED,
        () -> authenticator.authenticate(GET.query("AWSAccessKeyId=A&Signature=S&Expires=never")));
  }

  @Test
  void closedNetworkTakesAnyKeyAndReadsItsBodies() throws Exception {
    Authenticator open =
        authenticator(
            new AuthSettings(
                AuthSettings.Mode.NONE, null, true, true, Duration.ofMinutes(15), List.of()));
    assertThat(open.authenticate(GET).identity().role()).isEqualTo(Identity.Role.ADMIN);
    assertThat(open.authenticate(GET.with("Authorization", "Bearer x")).identity().role())
        .isEqualTo(Identity.Role.ADMIN);
    byte[] data = "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    TestRequest chunked = client.signedChunks(List.of(data), null).with("Authorization", "none");
    assertThat(open.authenticate(chunked).body(chunked.source()).readAll(10)).isEqualTo(data);
    TestRequest wrong =
        GET.with("x-amz-content-sha256", "00".repeat(32)).with("content-length", "5").body(data);
    assertFails(
        S3ErrorCode.X_AMZ_CONTENT_SHA256_MISMATCH,
        () -> open.authenticate(wrong).body(wrong.source()).readAll(10));
  }
}
