package io.sluice.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.auth.Identity.Role;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The examples of the S3 API reference ("Signature calculations", "Authenticating requests: query
 * parameters", "REST authentication") and what must not pass.
 */
class AuthenticatorTest {
  private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String HOST = "Host: examplebucket.s3.amazonaws.com";

  private static FakeRequest getObject() {
    return new FakeRequest(
        "GET /test.txt",
        HOST,
        "Range: bytes=0-9",
        "x-amz-content-sha256: " + EMPTY,
        "x-amz-date: 20130524T000000Z",
        v4(
            "host;range;x-amz-content-sha256;x-amz-date",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
  }

  private static String v4(String signedHeaders, String signature) {
    return "Authorization: AWS4-HMAC-SHA256 Credential="
        + KEY
        + "/20130524/us-east-1/s3/aws4_request,SignedHeaders="
        + signedHeaders
        + ",Signature="
        + signature;
  }

  private static final String PRESIGNED =
      "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524"
          + "%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400"
          + "&X-Amz-SignedHeaders=host&X-Amz-Signature="
          + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

  private static Authenticator at(Instant now) {
    return authenticator(AuthSettings.DEFAULT, now, null);
  }

  private static Authenticator authenticator(
      AuthSettings settings, Instant now, @Nullable String token) {
    Account account = new Account("me", Account.canonicalIdOf("me"), "Me", null, Role.USER);
    Credential credential = new Credential(KEY, SECRET, token, account);
    CredentialStore store =
        new CredentialStore() {
          @Override
          public Optional<Credential> find(String accessKeyId) {
            return accessKeyId.equals(KEY) ? Optional.of(credential) : Optional.empty();
          }

          @Override
          public List<Credential> all() {
            return List.of(credential);
          }
        };
    return new Authenticator(settings, store, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static void refused(
      FakeRequest request, Instant now, S3ErrorCode code, Consumer<S3Exception> more) {
    assertThatThrownBy(() -> at(now).authenticate(request))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              more.accept(e);
            });
  }

  @Test
  void exampleGetObject() {
    Identity identity = at(THEN).authenticate(getObject()).identity();
    assertThat(identity.accessKeyId()).isEqualTo(KEY);
    assertThat(identity.displayName()).isEqualTo("Me");
  }

  @Test
  void examplePutObject() throws Exception {
    FakeRequest request =
        new FakeRequest(
            "PUT /test%24file.text",
            HOST,
            "Date: Fri, 24 May 2013 00:00:00 GMT",
            "x-amz-date: 20130524T000000Z",
            "x-amz-storage-class: REDUCED_REDUNDANCY",
            "Content-Length: 21",
            "x-amz-content-sha256: 44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            v4(
                "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
    VerifiedBody body =
        at(THEN)
            .authenticate(request)
            .body(() -> new ByteArrayInputStream("Welcome to Amazon S3.".getBytes(UTF_8)));
    assertThat(new String(body.readAll(100), UTF_8)).isEqualTo("Welcome to Amazon S3.");
  }

  @Test
  void aDollarSignThatTheClientDidNotEncodeIsEncodedForTheSignature() {
    FakeRequest request =
        new FakeRequest(
            "PUT /test$file.text",
            HOST,
            "Date: Fri, 24 May 2013 00:00:00 GMT",
            "x-amz-date: 20130524T000000Z",
            "x-amz-storage-class: REDUCED_REDUNDANCY",
            "x-amz-content-sha256: 44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            v4(
                "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
    assertThat(at(THEN).authenticate(request).identity().isAnonymous()).isFalse();
  }

  @Test
  void exampleGetBucketLifecycle() {
    FakeRequest request =
        new FakeRequest(
            "GET /?lifecycle",
            HOST,
            "x-amz-date: 20130524T000000Z",
            "x-amz-content-sha256: " + EMPTY,
            v4(
                "host;x-amz-content-sha256;x-amz-date",
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
    assertThat(at(THEN).authenticate(request).identity().accessKeyId()).isEqualTo(KEY);
  }

  @Test
  void exampleListObjects() {
    FakeRequest request =
        new FakeRequest(
            "GET /?prefix=J&max-keys=2",
            HOST,
            "x-amz-date: 20130524T000000Z",
            "x-amz-content-sha256: " + EMPTY,
            v4(
                "host;x-amz-content-sha256;x-amz-date",
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
    assertThat(at(THEN).authenticate(request).identity().accessKeyId()).isEqualTo(KEY);
  }

  @Test
  void examplePresigned() {
    FakeRequest request = new FakeRequest("GET " + PRESIGNED, HOST);
    assertThat(at(THEN.plusSeconds(86_400)).authenticate(request).identity().accessKeyId())
        .isEqualTo(KEY);
    refused(request, THEN.plusSeconds(86_401), S3ErrorCode.ACCESS_DENIED, e -> {});
    refused(request, THEN.minusSeconds(1000), S3ErrorCode.ACCESS_DENIED, e -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "604801", "x", "99999999999999999999"})
  void aLifeOutsideAWeekIsMalformed(String expires) {
    FakeRequest request =
        new FakeRequest("GET " + PRESIGNED.replace("=86400", "=" + expires), HOST);
    refused(request, THEN, S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR, e -> {});
  }

  @Test
  void exampleSignatureVersion2() {
    FakeRequest request =
        new FakeRequest(
            "GET /photos/puppy.jpg?AWSAccessKeyId=" + KEY
                + "&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620",
            "Host: johnsmith.s3.amazonaws.com");
    Instant then = Instant.ofEpochSecond(1175139620);
    assertThat(at(then).authenticate(request).identity().accessKeyId()).isEqualTo(KEY);
    refused(request, then.plusSeconds(1), S3ErrorCode.ACCESS_DENIED, e -> {});
  }

  @Test
  void signatureVersion2InAHeaderNeedsASetting() {
    FakeRequest request =
        new FakeRequest(
            "GET /photos/puppy.jpg",
            "Host: johnsmith.s3.amazonaws.com",
            "Date: Tue, 27 Mar 2007 19:36:42 +0000",
            "Authorization: AWS " + KEY + ":bWq2s1WEIj+Ydj0vQ697zp+IXMU=");
    Instant then = Instant.parse("2007-03-27T19:36:42Z");
    refused(request, then, S3ErrorCode.INVALID_REQUEST, e -> {});
    AuthSettings settings =
        new AuthSettings(
            AuthSettings.Mode.SIGV4, null, true, true, Duration.ofMinutes(15), List.of());
    assertThat(
            authenticator(settings, then, null).authenticate(request).identity().accessKeyId())
        .isEqualTo(KEY);
  }

  @Test
  void aWrongSignatureIsExplained() {
    FakeRequest request =
        new FakeRequest(
            "GET /test.txt",
            HOST,
            "Range: bytes=0-8",
            "x-amz-content-sha256: " + EMPTY,
            "x-amz-date: 20130524T000000Z",
            v4(
                "host;range;x-amz-content-sha256;x-amz-date",
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
    refused(
        request,
        THEN,
        S3ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        e -> {
          assertThat(e.details())
              .containsKeys(
                  "AWSAccessKeyId",
                  "StringToSign",
                  "SignatureProvided",
                  "StringToSignBytes",
                  "CanonicalRequest",
                  "CanonicalRequestBytes");
          assertThat(e.details().get("CanonicalRequest"))
              .isEqualTo(
                  "GET\n/test.txt\n\nhost:examplebucket.s3.amazonaws.com\nrange:bytes=0-8\n"
                      + "x-amz-content-sha256:"
                      + EMPTY
                      + "\nx-amz-date:20130524T000000Z\n\n"
                      + "host;range;x-amz-content-sha256;x-amz-date\n"
                      + EMPTY);
          assertThat(e.toString() + e.details()).doesNotContain(SECRET);
        });
  }

  @Test
  void theClockMayBeFifteenMinutesOff() {
    assertThat(at(THEN.plusSeconds(900)).authenticate(getObject()).identity().accessKeyId())
        .isEqualTo(KEY);
    for (long off : new long[] {-901, 901}) {
      refused(
          getObject(),
          THEN.plusSeconds(off),
          S3ErrorCode.REQUEST_TIME_TOO_SKEWED,
          e -> assertThat(e.details()).containsEntry("MaxAllowedSkewMilliseconds", "900000"));
    }
  }

  @Test
  void aHeaderOfS3MustBeSigned() {
    refused(
        getObject().header("x-amz-acl", "public-read"),
        THEN,
        S3ErrorCode.ACCESS_DENIED,
        e -> assertThat(e.details()).containsEntry("HeadersNotSigned", "x-amz-acl"));
  }

  @Test
  void anUnknownKeyIsNamed() {
    FakeRequest request =
        new FakeRequest(
            "GET " + PRESIGNED.replace("AKIAIOSFODNN7EXAMPLE", "AKIAUNKNOWN"), HOST);
    refused(
        request,
        THEN,
        S3ErrorCode.INVALID_ACCESS_KEY_ID,
        e -> assertThat(e.details()).containsEntry("AWSAccessKeyId", "AKIAUNKNOWN"));
  }

  @Test
  void twoMechanismsAtOnceAreRefused() {
    FakeRequest request = new FakeRequest("GET " + PRESIGNED, HOST, "Authorization: AWS a:b");
    refused(request, THEN, S3ErrorCode.INVALID_ARGUMENT, e -> {});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer x",
        "Basic eDp5",
        "AWS4-HMAC-SHA512 Credential=a",
        "AWS",
      })
  void anUnknownMechanismIsRefused(String authorization) {
    refused(
        new FakeRequest("GET /", HOST, "Authorization: " + authorization),
        THEN,
        S3ErrorCode.INVALID_ARGUMENT,
        e -> {});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=a/b/c,SignedHeaders=host,Signature=x",
        "AWS4-HMAC-SHA256 Credential=a/20130524/r/s3/aws4,SignedHeaders=host,Signature=x",
        "AWS4-HMAC-SHA256 Credential=a/2013/r/s3/aws4_request,SignedHeaders=host,Signature=x",
        "AWS4-HMAC-SHA256 Credential=a/20130524/r/ec2/aws4_request,SignedHeaders=host,Signature=x",
        "AWS4-HMAC-SHA256 Credential=a/20130525/r/s3/aws4_request,SignedHeaders=host,Signature=x",
        "AWS4-HMAC-SHA256 Credential=a/20130524/r/s3/aws4_request,SignedHeaders=host",
      })
  void aMalformedHeaderIsNamed(String authorization) {
    refused(
        new FakeRequest(
            "GET /", HOST, "x-amz-date: 20130524T000000Z", "Authorization: " + authorization),
        THEN,
        S3ErrorCode.AUTHORIZATION_HEADER_MALFORMED,
        e -> {});
  }

  @Test
  void anEnforcedRegionIsNamed() {
    AuthSettings settings =
        new AuthSettings(
            AuthSettings.Mode.SIGV4, "eu-west-1", true, false, Duration.ofMinutes(15), List.of());
    assertThatThrownBy(() -> authenticator(settings, THEN, null).authenticate(getObject()))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.code()).isEqualTo(S3ErrorCode.AUTHORIZATION_HEADER_MALFORMED);
              assertThat(e.details()).containsEntry("Region", "eu-west-1");
            });
  }

  @Test
  void aKeyWithATokenNeedsIt() {
    Authenticator authenticator = authenticator(AuthSettings.DEFAULT, THEN, "token");
    assertThatThrownBy(() -> authenticator.authenticate(getObject()))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.INVALID_TOKEN));
  }

  @Test
  void nobodyIsAnonymous() {
    Authenticated authenticated = at(THEN).authenticate(new FakeRequest("GET /", HOST));
    assertThat(authenticated.identity()).isEqualTo(Identity.ANONYMOUS);
  }

  @Test
  void inAClosedNetworkEveryKeyIsTheAdministrator() {
    AuthSettings settings =
        new AuthSettings(
            AuthSettings.Mode.NONE, null, true, false, Duration.ofMinutes(15), List.of());
    Identity identity =
        authenticator(settings, THEN.plusSeconds(100_000), null)
            .authenticate(getObject())
            .identity();
    assertThat(identity.role()).isEqualTo(Role.ADMIN);
  }

  /** s3cmd behind {@code --host=H/s3} signs that host, and the path without the prefix. */
  @Test
  void s3cmdBehindAPrefix() {
    String host = "127.0.0.1:8080";
    SigningKeys keys = new SigningKeys();
    CredentialScope scope = new CredentialScope("20130524", "US", "s3");
    CanonicalRequest canonical =
        new CanonicalRequest(
            "GET\n/b/k\n\nhost:" + host + "/s3\nx-amz-content-sha256:" + EMPTY
                + "\nx-amz-date:20130524T000000Z\n\nhost;x-amz-content-sha256;x-amz-date\n"
                + EMPTY);
    String signature =
        SigningKeys.sign(
            keys.derive(SECRET, scope), canonical.stringToSign("20130524T000000Z", scope));
    FakeRequest request =
        new FakeRequest(
                "GET /s3/b/k",
                "Host: " + host,
                "x-amz-date: 20130524T000000Z",
                "x-amz-content-sha256: " + EMPTY,
                "Authorization: AWS4-HMAC-SHA256 Credential=" + KEY
                    + "/20130524/US/s3/aws4_request,SignedHeaders=host;x-amz-content-sha256;"
                    + "x-amz-date,Signature=" + signature)
            .behind("/s3");
    assertThat(at(THEN).authenticate(request).identity().accessKeyId()).isEqualTo(KEY);
    refused(request.behind(""), THEN, S3ErrorCode.SIGNATURE_DOES_NOT_MATCH, e -> {});
  }
}
