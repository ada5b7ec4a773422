package io.sluice.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bucket's properties do to new objects. */
class BucketPropertiesTest {
  private static final BucketName BUCKET = new BucketName("bucket");
  private static final String MD5_OF_BODY = "\"841a2d689ad86bd1611447453c22c6fc\"";
  private RequestFixture gateway;

  @BeforeEach
  void makeBucket() throws IOException {
    gateway = RequestFixture.withBucket();
  }

  private void set(Map<String, String> values) throws IOException {
    gateway
        .storage()
        .buckets()
        .putSetting(BUCKET, BucketProperties.SETTING, BucketProperties.of(values).document());
  }

  private Answer put() throws IOException {
    return gateway.sendBody("body", "PUT /bucket/key");
  }

  @ParameterizedTest
  @CsvSource({
    "crc64nvme,x-amz-checksum-crc64nvme",
    "crc32c,x-amz-checksum-crc32c",
    "crc32,x-amz-checksum-crc32",
    "xxhash,x-amz-checksum-xxhash64",
    "sha1,x-amz-checksum-sha1",
    "sha256,x-amz-checksum-sha256",
    "sha512,x-amz-checksum-sha512",
    "md5,x-amz-checksum-md5"
  })
  void theTypeIsThatOfTheChecksum(String type, String header) throws IOException {
    set(Map.of(BucketProperties.CHECKSUM_TYPE, type));
    put();
    Answer head = gateway.send("HEAD /bucket/key", "x-amz-checksum-mode: ENABLED");
    assertThat(head.header(header)).isNotNull();
    assertThat(head.header("ETag")).isEqualTo(MD5_OF_BODY);
  }

  @Test
  void noneKeepsNoChecksum() throws IOException {
    set(Map.of(BucketProperties.CHECKSUM_TYPE, "none"));
    put();
    Answer head = gateway.send("HEAD /bucket/key", "x-amz-checksum-mode: ENABLED");
    assertThat(head.headers().keySet())
        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("x-amz-checksum-"));
    assertThat(head.header("ETag")).isEqualTo(MD5_OF_BODY);
  }

  @Test
  void aTagMayBeMadeOfTheChecksum() throws IOException {
    set(Map.of(BucketProperties.CHECKSUM_TYPE, "crc32", BucketProperties.ETAG_TYPE, "checksum"));
    assertThat(put().header("ETag")).isEqualTo("\"dba80bb2-crc32\"");
    assertThat(gateway.send("GET /bucket/key", "If-Match: \"dba80bb2-crc32\"").header("ETag"))
        .isEqualTo("\"dba80bb2-crc32\"");
  }

  @Test
  void whatAClientDeclaresComesFirst() throws IOException {
    set(Map.of(BucketProperties.CHECKSUM_TYPE, "xxhash"));
    gateway.sendBody("body", "PUT /bucket/key", "x-amz-checksum-crc32: 5b3knA==");
    Answer head = gateway.send("HEAD /bucket/key", "x-amz-checksum-mode: ENABLED");
    assertThat(head.header("x-amz-checksum-crc32")).isNotNull();
    assertThat(head.header("x-amz-checksum-xxhash64")).isNull();
  }

  @Test
  void documentsRoundTrip() {
    Map<String, String> values =
        Map.of(BucketProperties.CHECKSUM_TYPE, "xxhash", BucketProperties.ETAG_TYPE, "checksum");
    BucketProperties properties = BucketProperties.of(values);
    assertThat(BucketProperties.parse(properties.document()).values()).isEqualTo(values);
    assertThat(BucketProperties.parse(new byte[0]).values()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checksum.type=crc16",
        "color=blue",
        "etag.type=none",
        "checksum.type=none\netag.type=checksum",
        "nonsense"
      })
  void theUnknownIsRefused(String document) {
    S3Exception refusal =
        catchThrowableOfType(
            S3Exception.class,
            () -> BucketProperties.parse(document.getBytes(StandardCharsets.UTF_8)));
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
  }
}
