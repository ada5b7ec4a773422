package io.sluice.it.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.OverTls;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.SdkClients;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

@OverTls
class PutObjectIT extends GatewayCase {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 65_536, 131_073, 3_000_001})
  void whatIsPutComesBack(int size) {
    byte[] bytes = random(size);

    PutObjectResponse answer =
        s3.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromBytes(bytes));

    assertThat(answer.eTag()).isEqualTo('"' + Hashes.md5(bytes) + '"');
    assertThat(s3.getObjectAsBytes(r -> r.bucket(bucket).key("k")).asByteArray()).isEqualTo(bytes);
  }

  @Test
  void anotherPutReplacesTheObject() {
    put("k", "first, and longer");
    put("k", "second");

    assertThat(get("k")).isEqualTo("second");
  }

  @Test
  void keepsMetadataAndSystemHeaders() {
    Instant expires = Instant.parse("2030-01-02T03:04:05Z");
    s3.putObject(
        r ->
            r.bucket(bucket)
                .key("k")
                .contentType("text/x-sluice; charset=utf-8")
                .cacheControl("max-age=60")
                .contentDisposition("attachment; filename=\"a.txt\"")
                .contentEncoding("gzip")
                .contentLanguage("de")
                .expires(expires)
                .metadata(Map.of("color", "blue", "mixed-case", "Stays")),
        RequestBody.fromString("x"));

    HeadObjectResponse head = s3.headObject(r -> r.bucket(bucket).key("k"));

    assertThat(head.contentType().replace(" ", ""))
        .isEqualToIgnoringCase("text/x-sluice;charset=utf-8");
    assertThat(head.cacheControl()).isEqualTo("max-age=60");
    assertThat(head.contentDisposition()).isEqualTo("attachment; filename=\"a.txt\"");
    assertThat(head.contentEncoding()).isEqualTo("gzip");
    assertThat(head.contentLanguage()).isEqualTo("de");
    assertThat(head.expiresString()).isEqualTo("Wed, 02 Jan 2030 03:04:05 GMT");
    assertThat(head.metadata()).containsEntry("color", "blue").containsEntry("mixed-case", "Stays");
  }

  @Test
  void withoutAContentTypeItIsABinaryStream() throws Exception {
    RawRequest.of(gateway, "PUT", "/" + bucket + "/k").body("x").send();

    assertThat(s3.headObject(r -> r.bucket(bucket).key("k")).contentType())
        .isEqualTo("binary/octet-stream");
  }

  @ParameterizedTest
  @EnumSource(
      value = ChecksumAlgorithm.class,
      names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
  void verifiesAndKeepsTheChecksumThatTheClientSends(ChecksumAlgorithm algorithm) {
    byte[] bytes = random(100_000);

    s3.putObject(
        r -> r.bucket(bucket).key("k").checksumAlgorithm(algorithm), RequestBody.fromBytes(bytes));

    byte[] back =
        s3.getObjectAsBytes(r -> r.bucket(bucket).key("k").checksumMode("ENABLED")).asByteArray();
    assertThat(back).isEqualTo(bytes);
  }

  @Test
  void refusesAWrongContentMd5AndKeepsTheOldObject() {
    put("k", "old");
    String md5 = Hashes.md5Base64("something else".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(
            () ->
                s3.putObject(
                    r -> r.bucket(bucket).key("k").contentMD5(md5), RequestBody.fromString("new")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("BadDigest"));
    assertThat(get("k")).isEqualTo("old");
  }

  @Test
  void needsABucket() {
    assertThatThrownBy(
            () ->
                s3.putObject(r -> r.bucket(newBucketName()).key("k"), RequestBody.fromString("x")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("NoSuchBucket"));
  }

  @Test
  void worksWithTheClientOnUrlConnection() {
    try (S3Client client = SdkClients.urlConnection(gateway)) {
      client.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromString("by url connection"));
    }
    assertThat(get("k")).isEqualTo("by url connection");
  }

  @Test
  void worksWithTheAsynchronousClient() {
    byte[] bytes = random(2_000_000);
    try (S3AsyncClient client = SdkClients.netty(gateway)) {
      client.putObject(r -> r.bucket(bucket).key("k"), AsyncRequestBody.fromBytes(bytes)).join();
      byte[] back =
          client
              .getObject(r -> r.bucket(bucket).key("k"), AsyncResponseTransformer.toBytes())
              .join()
              .asByteArray();
      assertThat(back).isEqualTo(bytes);
    }
  }

  @Test
  void worksWithTheClientOfTheCommonRuntime() {
    byte[] bytes = random(300_000);
    try (S3AsyncClient client = SdkClients.crt(gateway)) {
      client.putObject(r -> r.bucket(bucket).key("k"), AsyncRequestBody.fromBytes(bytes)).join();
      byte[] back =
          client
              .getObject(r -> r.bucket(bucket).key("k"), AsyncResponseTransformer.toBytes())
              .join()
              .asByteArray();
      assertThat(back).isEqualTo(bytes);
    }
  }

  @Test
  void worksAtTheRootOfTheServer() {
    try (S3Client client = SdkClients.atRoot(gateway)) {
      client.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromString("at the root"));
    }
    assertThat(get("k")).isEqualTo("at the root");
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
