package io.sluice.auth;

import static io.sluice.auth.AuthFixture.assertFails;
import static io.sluice.auth.AuthFixture.authenticator;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.uri.PercentCoding.Plus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways of writing path and host that are accepted, and that none of them is another's. */
class SignedFormsTest {
  private static final TestRequest GET = TestRequest.of("GET", "/bucket/key");
  private final Authenticator authenticator = authenticator(AuthFixture.settings());
  private final TestClient client = new TestClient();

  /** Clients differ in what they sign; the wire form is in front, the signed path behind it. */
  @ParameterizedTest
  @CsvSource({
    "/bucket/a//b, /bucket/a//b",
    "/bucket/a/%2Fb, /bucket/a//b",
    "/bucket/a%2fb, /bucket/a%2fb",
    "/bucket/a(b), /bucket/a%28b%29",
    "/bucket/%c3%a9, /bucket/%C3%A9",
    "/bucket/a+b, /bucket/a%20b",
    "/bucket/a+b, /bucket/a+b",
    "/bucket/%7Euser, /bucket/~user",
    "/bucket/a%252Fb, /bucket/a%252Fb",
    "/bucket/../x, /bucket/../x",
  })
  void pathAsItMayBeSigned(String sent, String signed) {
    TestRequest request = client.sign(GET.path(sent), signed, TestClient.HOST);
    assertThat(authenticator.authenticate(request).identity().isAnonymous()).isFalse();
    TestRequest prefixed = request.path("/s3" + sent).prefix("/s3");
    assertThat(authenticator.authenticate(prefixed).identity().isAnonymous()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/bucket/a%252Fb, /bucket/a%2Fb",
    "/bucket/a+b, /bucket/a%2Bb",
    "/bucket/x/../key, /bucket/key",
    "/bucket//key, /bucket/key",
    "/bucket/key/, /bucket/key",
  })
  void anotherPathIsAnother(String sent, String signed) {
    TestRequest request = client.sign(GET.path(sent), signed, TestClient.HOST);
    assertFails(S3ErrorCode.SIGNATURE_DOES_NOT_MATCH, () -> authenticator.authenticate(request));
  }

  @ParameterizedTest
  @CsvSource({
    "gateway.test, gateway.test:80, true",
    "gateway.test, gateway.test:443, true",
    "gateway.test:80, gateway.test, true",
    "gateway.test:443, gateway.test, true",
    "gateway.test:8080, gateway.test, false",
    "gateway.test, s3.example.com, true",
    "gateway.test, s4.example.com, false",
  })
  void hostAsItMayBeSigned(String sent, String signed, boolean accepted) {
    Authenticator behindProxy =
        authenticator(
            new AuthSettings(
                AuthSettings.Mode.SIGV4,
                null,
                true,
                true,
                Duration.ofMinutes(15),
                List.of("s3.example.com")));
    TestRequest request = client.sign(GET.with("Host", sent), GET.rawPath(), signed);
    if (accepted) {
      assertThat(behindProxy.authenticate(request).identity().isAnonymous()).isFalse();
      return;
    }
    assertFails(S3ErrorCode.SIGNATURE_DOES_NOT_MATCH, () -> behindProxy.authenticate(request));
  }

  /** A signature for the key with a plus is good for a bare plus only where that is one. */
  @Test
  void barePlusAsItIsRouted() {
    AuthSettings settings =
        new AuthSettings(
            AuthSettings.Mode.SIGV4,
            null,
            true,
            true,
            Duration.ofMinutes(15),
            List.of(),
            Plus.PLUS);
    TestRequest sent = GET.path("/bucket/a+b");
    TestRequest plus = client.sign(sent, "/bucket/a%2Bb", TestClient.HOST);
    assertThat(authenticator(settings).authenticate(plus).identity().isAnonymous()).isFalse();
    TestRequest space = client.sign(sent, "/bucket/a%20b", TestClient.HOST);
    assertFails(
        S3ErrorCode.SIGNATURE_DOES_NOT_MATCH, () -> authenticator(settings).authenticate(space));
  }

  /** Signed for bucket y on the external name, sent to bucket x by its host. */
  @Test
  void externalHostKeepsTheBucketInItsPlace() {
    Authenticator behindProxy =
        authenticator(
            new AuthSettings(
                AuthSettings.Mode.SIGV4,
                null,
                true,
                true,
                Duration.ofMinutes(15),
                List.of("s3.example.com")));
    TestRequest sent = GET.with("Host", "x.gateway.test").bucketOfHost("x");
    TestRequest forOther = client.sign(sent, GET.rawPath(), "s3.example.com");
    assertFails(S3ErrorCode.SIGNATURE_DOES_NOT_MATCH, () -> behindProxy.authenticate(forOther));
    TestRequest forThis = client.sign(sent, GET.rawPath(), "x.s3.example.com");
    assertThat(behindProxy.authenticate(forThis).identity().isAnonymous()).isFalse();
  }

  /** SigV2 covers no host: whoever holds a URL may send it with any. */
  @Test
  void version2IsBoundToTheBucketThatIsRoutedTo() {
    TestRequest inHost = TestRequest.resource("aws-v2/presigned-get-object.http");
    Authenticator then = AuthFixture.at(Instant.parse("2007-03-28T00:00:00Z"));
    assertThat(then.authenticate(inHost.bucketOfHost("johnsmith")).identity().isAnonymous())
        .isFalse();
    assertFails(S3ErrorCode.SIGNATURE_DOES_NOT_MATCH, () -> then.authenticate(inHost));
    assertFails(
        S3ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        () -> then.authenticate(inHost.bucketOfHost("johnsmith.other")));
    TestRequest inPath = inHost.path("/johnsmith/photos/puppy.jpg");
    assertThat(then.authenticate(inPath).identity().isAnonymous()).isFalse();
    assertFails(
        S3ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        () -> then.authenticate(inPath.bucketOfHost("another")));
  }
}
