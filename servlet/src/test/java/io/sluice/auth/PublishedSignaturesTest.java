package io.sluice.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The signatures that AWS publishes, and those that stock clients made. */
class PublishedSignaturesTest {
  private static final Instant AWS_V4 = Instant.parse("2013-05-24T00:00:00Z");
  private static final Instant RECORDED = Instant.parse("2026-11-23T01:14:00Z");
  private static final String TOKEN = "to/ken+==";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get-object",
        "put-object",
        "get-bucket-lifecycle",
        "list-objects",
        "presigned-get-object",
      })
  void awsVersion4(String name) throws Exception {
    TestRequest request =
        TestRequest.resource("aws-v4/" + name + ".http").bucketOfHost("examplebucket");
    Authenticated authenticated = AuthFixture.at(AWS_V4).authenticate(request);
    assertThat(authenticated.identity().accessKeyId()).isEqualTo(TestClient.ACCESS_KEY);
    assertThat(authenticated.body(request.source()).readAll(100)).isEqualTo(request.bytes());
    assertBoundToMethodAndPath(AuthFixture.at(AWS_V4), request);
  }

  /** The example signs {@code %24} and sorted parameters, whatever stands on the wire. */
  @Test
  void awsVersion4WrittenOtherwise() {
    Authenticator then = AuthFixture.at(AWS_V4);
    TestRequest put = TestRequest.resource("aws-v4/put-object.http").path("/test%24file.text");
    assertThat(then.authenticate(put).identity().isAnonymous()).isFalse();
    TestRequest list =
        TestRequest.resource("aws-v4/list-objects.http").query("prefix=J&max-keys=2");
    assertThat(then.authenticate(list).identity().isAnonymous()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "get-object, awsexamplebucket1, 2007-03-27T19:36:42Z",
    "put-object, awsexamplebucket1, 2007-03-27T21:15:45Z",
    "list-objects, awsexamplebucket1, 2007-03-27T19:42:41Z",
    "get-acl, awsexamplebucket1, 2007-03-27T19:44:46Z",
    "upload-to-cname, static.example.com, 2007-03-27T21:06:08Z",
    "list-buckets, , 2007-03-28T01:29:59Z",
    "unicode-key, , 2007-03-28T01:49:49Z",
    "presigned-get-object, johnsmith, 2007-03-28T00:00:00Z",
  })
  void awsVersion2(String name, @Nullable String bucket, Instant now) {
    TestRequest request = TestRequest.resource("aws-v2/" + name + ".http").bucketOfHost(bucket);
    assertThat(AuthFixture.at(now).authenticate(request).identity().accessKeyId())
        .isEqualTo(TestClient.ACCESS_KEY);
    assertBoundToMethodAndPath(AuthFixture.at(now), request);
  }

  @ParameterizedTest
  @CsvSource({
    "v4-put-object, /s3, ",
    "v4-put-object-virtual-hosted, , bucket",
    "v4-list-objects, /s3, ",
    "v4-upload-part, /s3, ",
    "v4-presigned-put, /s3, ",
    "v2-presigned-get, /s3, ",
    "v2-presigned-get-root, , ",
    "v2-presigned-get-virtual-hosted, , bucket",
  })
  void botocore(String name, @Nullable String prefix, @Nullable String bucket) throws Exception {
    TestRequest request =
        TestRequest.resource("botocore/" + name + ".http")
            .prefix(prefix == null ? "" : prefix)
            .bucketOfHost(bucket);
    Authenticated authenticated = AuthFixture.at(RECORDED).authenticate(request);
    assertThat(authenticated.identity().accessKeyId()).isEqualTo(TestClient.ACCESS_KEY);
    assertThat(authenticated.body(request.source()).readAll(100)).isEqualTo(request.bytes());
    assertBoundToMethodAndPath(AuthFixture.at(RECORDED), request);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v4-token", "v4-presigned-get", "v2-presigned-put-token"})
  void botocoreWithSessionToken(String name) {
    TestRequest request = TestRequest.resource("botocore/" + name + ".http").prefix("/s3");
    Clock clock = Clock.fixed(RECORDED, ZoneOffset.UTC);
    AuthSettings settings = AuthFixture.settings();
    assertThat(
            new Authenticator(settings, AuthFixture.credentials(TOKEN), clock)
                .authenticate(request)
                .identity()
                .accessKeyId())
        .isEqualTo(TestClient.ACCESS_KEY);
    for (String other : Arrays.asList("another", null)) {
      AuthFixture.assertFails(
          S3ErrorCode.INVALID_TOKEN,
          () ->
              new Authenticator(settings, AuthFixture.credentials(other), clock)
                  .authenticate(request));
    }
  }

  /** s3cmd sends {@code /s3/b/k} to {@code H:P}, and signs {@code /b/k} on {@code H:P/s3}. */
  @ParameterizedTest
  @ValueSource(strings = {"put-object", "get-bucket-location", "list-objects", "list-buckets"})
  void s3cmdBehindAPrefix(String name) throws Exception {
    TestRequest request = TestRequest.resource("s3cmd/" + name + ".http").prefix("/s3");
    Authenticated authenticated = AuthFixture.at(RECORDED).authenticate(request);
    assertThat(authenticated.body(request.source()).readAll(100)).isEqualTo(request.bytes());
    AuthFixture.assertFails(
        S3ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        () -> AuthFixture.at(RECORDED).authenticate(request.prefix("")));
    assertBoundToMethodAndPath(AuthFixture.at(RECORDED), request);
  }

  private static void assertBoundToMethodAndPath(Authenticator authenticator, TestRequest request) {
    for (TestRequest other :
        new TestRequest[] {
          request.path(request.rawPath() + "x"),
          request.path(request.rawPath().replaceFirst("^(/s3|)/.?", "$1/y")),
          new TestRequest(
              "DELETE",
              request.rawPath(),
              request.rawQuery(),
              request.pathPrefix(),
              request.hostBucket(),
              request.values(),
              request.bytes()),
        }) {
      AuthFixture.assertFails(
          S3ErrorCode.SIGNATURE_DOES_NOT_MATCH, () -> authenticator.authenticate(other));
    }
  }

  @Test
  void awsChunks() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    chunk(body, 65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
    chunk(body, 1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497");
    chunk(body, 0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
    TestRequest request =
        TestRequest.resource("aws-v4/chunked-upload.http").body(body.toByteArray());
    assertThat(request.header("content-length")).isEqualTo(Integer.toString(body.size()));
    assertThat(AuthFixture.at(AWS_V4).authenticate(request).body(request.source()).readAll(70_000))
        .isEqualTo(letters(66_560));
  }

  @Test
  void awsChunksWithTrailer() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    chunk(body, 65536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2");
    chunk(body, 1024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7");
    append(
        body,
        "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
            + "x-amz-checksum-crc32c:sOO8/Q==\r\n"
            + "x-amz-trailer-signature:"
            + "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n");
    TestRequest request =
        TestRequest.resource("aws-v4/chunked-upload-with-trailer.http").body(body.toByteArray());
    VerifiedBody verified = AuthFixture.at(AWS_V4).authenticate(request).body(request.source());
    assertThat(verified.readAll(70_000)).isEqualTo(letters(66_560));
    assertThat(verified.checksums())
        .singleElement()
        .hasToString("Checksum[algorithm=CRC32C, type=FULL_OBJECT, value=sOO8/Q==]");
  }

  private static void chunk(ByteArrayOutputStream body, int length, String signature) {
    append(body, Integer.toHexString(length) + ";chunk-signature=" + signature + "\r\n");
    body.writeBytes(letters(length));
    append(body, "\r\n");
  }

  private static void append(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] letters(int length) {
    byte[] letters = new byte[length];
    Arrays.fill(letters, (byte) 'a');
    return letters;
  }
}
