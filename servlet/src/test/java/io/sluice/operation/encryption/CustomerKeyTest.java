package io.sluice.operation.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.encryption.EncryptionFixture;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that clients provide. */
class CustomerKeyTest {
  private static final String PREFIX = "x-amz-server-side-encryption-customer-";
  private static final String SOURCE_PREFIX = "x-amz-copy-source-server-side-encryption-customer-";
  private static final String MD5_OF_TEST = "\"098f6bcd4621d373cade4e832627b4f6\"";

  private RequestFixture gateway;

  @BeforeEach
  void makeBucket() throws IOException {
    gateway = RequestFixture.withBucket();
  }

  private static byte[] key(int seed) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) seed);
    return key;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String md5(byte[] bytes) {
    try {
      return base64(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String[] headers(String prefix, int seed) {
    byte[] key = key(seed);
    return new String[] {
      prefix + "algorithm: AES256", prefix + "key: " + base64(key), prefix + "key-MD5: " + md5(key)
    };
  }

  /** The headers of a key. */
  static String[] headers(int seed) {
    return headers(PREFIX, seed);
  }

  private static String[] join(String[] one, String... other) {
    return Stream.concat(Stream.of(one), Stream.of(other)).toArray(String[]::new);
  }

  @Test
  void theKeyOpensAndNothingElseDoes() throws IOException {
    Answer put = gateway.sendBody("test", "PUT /bucket/k", headers(1));
    assertThat(put.header(PREFIX + "algorithm")).isEqualTo("AES256");
    assertThat(put.header(PREFIX + "key-MD5")).isEqualTo(md5(key(1)));
    assertThat(put.header("x-amz-server-side-encryption")).isNull();
    assertThat(put.header("ETag")).isNotEqualTo(MD5_OF_TEST);

    Answer get = gateway.send("GET /bucket/k", headers(1));
    assertThat(get.body()).isEqualTo("test");
    assertThat(get.header(PREFIX + "key-MD5")).isEqualTo(md5(key(1)));
    assertThat(get.header("Content-Length")).isNotEqualTo("20");
    for (String line :
        new String[] {"GET /bucket/k", "HEAD /bucket/k", "GET /bucket/k?attributes"}) {
      String attributes = "x-amz-object-attributes: ETag";
      S3Exception without = gateway.refused(line, attributes);
      assertThat(without.code()).isEqualTo(S3ErrorCode.INVALID_REQUEST);
      assertThat(without).hasMessageContaining("stored using a form of Server Side Encryption");
      assertThat(gateway.refused(line, join(headers(2), attributes)).code())
          .isEqualTo(S3ErrorCode.ACCESS_DENIED);
      assertThat(gateway.send(line, join(headers(1), attributes)).status()).isEqualTo(200);
    }
  }

  @Test
  void aKeyForNothingIsRefused() throws IOException {
    gateway.sendBody("test", "PUT /bucket/k");
    assertThat(gateway.refused("GET /bucket/k", headers(1)))
        .hasMessageContaining("not applicable to this object");
  }

  @ParameterizedTest
  @CsvSource({
    "algorithm, AES128, valid encryption algorithm",
    "algorithm, '', valid encryption algorithm",
    "key, '', appropriate secret key",
    "key, c2hvcnQ=, invalid for the specified algorithm",
    "key, %%%, invalid for the specified algorithm",
    "key-MD5, '', client calculated MD5",
    "key-MD5, AAAAAAAAAAAAAAAAAAAAAA==, did not match",
    "key-MD5, short, did not match",
  })
  void theHeadersAreChecked(String name, String value, String message) {
    String[] headers = headers(1);
    for (int i = 0; i < headers.length; i++) {
      if (headers[i].startsWith(PREFIX + name + ":")) {
        headers[i] = PREFIX + name + ": " + value;
      }
    }
    S3Exception refusal = gateway.refusedBody("test", "PUT /bucket/k", headers);
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.toString()).doesNotContain(base64(key(1)));
  }

  @Test
  void twoKeysAreTooMany() {
    String[] headers = join(headers(1), "x-amz-server-side-encryption: AES256");
    assertThat(gateway.refusedBody("test", "PUT /bucket/k", headers).code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void copiesOpenTheSourceAndCloseTheTarget() throws IOException {
    gateway.sendBody("test", "PUT /bucket/k", headers(1));
    String from = "x-amz-copy-source: /bucket/k";
    assertThat(gateway.refused("PUT /bucket/c", from).code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(gateway.refused("PUT /bucket/c", join(headers(SOURCE_PREFIX, 2), from)).code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);

    String[] opened = join(headers(SOURCE_PREFIX, 1), from);
    assertThat(gateway.send("PUT /bucket/c", opened).status()).isEqualTo(200);
    Answer bare = gateway.send("GET /bucket/c");
    assertThat(bare.body()).isEqualTo("test");
    assertThat(bare.header("ETag")).isEqualTo(MD5_OF_TEST);

    gateway.send("PUT /bucket/k", join(opened, headers(3)));
    assertThat(gateway.send("GET /bucket/k", headers(3)).body()).isEqualTo("test");
    assertThat(gateway.refused("GET /bucket/k", headers(1)).code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
  }

  @Test
  void everyPartHasTheKeyOfItsUpload() throws IOException {
    Answer begun = gateway.send("POST /bucket/m?uploads", headers(1));
    assertThat(begun.header(PREFIX + "key-MD5")).isEqualTo(md5(key(1)));
    String query = "uploadId=" + begun.element("UploadId");
    String part = "PUT /bucket/m?partNumber=1&" + query;
    assertThat(gateway.refusedBody("x", part).code()).isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(gateway.refusedBody("x", part, headers(2)).code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    Answer one = gateway.sendBody("first", part, headers(1));
    assertThat(one.header(PREFIX + "algorithm")).isEqualTo("AES256");
    gateway.sendBody("source", "PUT /bucket/k");
    Answer two =
        gateway.send(
            "PUT /bucket/m?partNumber=2&" + query,
            join(headers(1), "x-amz-copy-source: /bucket/k"));
    assertThat(two.header(PREFIX + "algorithm")).isEqualTo("AES256");
    assertThat(gateway.send("GET /bucket/m?" + query, headers(1)).status()).isEqualTo(200);
    String list =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part><Part><PartNumber>2</PartNumber><ETag>%s</ETag></Part></CompleteMultipartUpload>"
            .formatted(one.header("ETag"), two.element("ETag").replace("&#34;", ""));
    String complete = "POST /bucket/m?" + query;
    assertThat(gateway.refusedBody(list, complete, headers(2)).code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(gateway.sendBody(list, complete, headers(1)).status()).isEqualTo(200);
    assertThat(gateway.sendBody(list, complete, headers(1)).status()).isEqualTo(200);
    assertThat(gateway.send("GET /bucket/m", headers(1)).body()).isEqualTo("firstsource");
    assertThat(gateway.refused("GET /bucket/m").code()).isEqualTo(S3ErrorCode.INVALID_REQUEST);
  }

  @Test
  void anUploadWithoutAKeyTakesNone() throws IOException {
    Answer begun = gateway.send("POST /bucket/m?uploads", "x-amz-server-side-encryption: AES256");
    String part = "PUT /bucket/m?partNumber=1&uploadId=" + begun.element("UploadId");
    assertThat(gateway.refusedBody("x", part, headers(1)).code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(gateway.refusedBody("x", part, "x-amz-server-side-encryption: aws:kms").code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    Answer put = gateway.sendBody("x", part, "x-amz-server-side-encryption: AES256");
    assertThat(put.header("x-amz-server-side-encryption")).isEqualTo("AES256");
  }

  @Test
  void aKeyDoesNotTravelInTheClear() throws IOException {
    gateway.encryptedBy(EncryptionFixture.over(gateway.storage(), false));
    S3Exception refusal = gateway.refusedBody("test", "PUT /bucket/k", headers(1));
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(refusal).hasMessageContaining("made over a secure connection");
  }
}
