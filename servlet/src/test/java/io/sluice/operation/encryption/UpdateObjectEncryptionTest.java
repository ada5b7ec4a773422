package io.sluice.operation.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.encryption.EncryptionFixture;
import io.sluice.error.S3ErrorCode;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdateObjectEncryptionTest {
  private static final String LINE = "PUT /bucket/k?encryption";
  private static final String SSE_S3 = "x-amz-server-side-encryption: AES256";

  private RequestFixture gateway = new RequestFixture();

  @BeforeEach
  void prepare() throws IOException {
    gateway = new RequestFixture();
    gateway.send("PUT /bucket", "x-amz-bucket-object-lock-enabled: true");
  }

  private static String document(String key) {
    return "<ObjectEncryption><SSE-KMS><KMSKeyArn>"
        + key
        + "</KMSKeyArn><BucketKeyEnabled>true</BucketKeyEnabled></SSE-KMS></ObjectEncryption>";
  }

  private static String md5(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "Content-MD5: "
        + Base64.getEncoder().encodeToString(ChecksumDigest.messageDigest("MD5").digest(bytes));
  }

  private S3ErrorCode refused(String body) {
    return gateway.refusedBody(body, LINE, md5(body)).code();
  }

  @Test
  void theKeyOfTheServiceIsToldFromThenOn() throws IOException {
    gateway.sendBody("content", "PUT /bucket/k", SSE_S3);
    String etag = gateway.send("HEAD /bucket/k").header("ETag");
    String body = document("arn:aws:kms:us-east-1:000000000000:key/" + EncryptionFixture.KMS_KEY);

    assertThat(gateway.sendBody(body, LINE, md5(body)).status()).isEqualTo(200);

    var answer = gateway.send("GET /bucket/k");
    assertThat(answer.header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
    assertThat(answer.header("x-amz-server-side-encryption-aws-kms-key-id"))
        .endsWith(EncryptionFixture.KMS_KEY);
    assertThat(answer.header("x-amz-server-side-encryption-bucket-key-enabled")).isEqualTo("true");
    assertThat(answer.header("ETag")).isEqualTo(etag);
    assertThat(answer.body()).isEqualTo("content");
  }

  @Test
  void onlyTheServersOwnEncryptionIsChanged() throws IOException {
    String body = document(EncryptionFixture.KMS_KEY);
    assertThat(refused(body)).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
    gateway.sendBody("plain", "PUT /bucket/k");
    assertThat(refused(body)).isEqualTo(S3ErrorCode.INVALID_REQUEST);
    gateway.sendBody("content", "PUT /bucket/k", SSE_S3);
    assertThat(refused(document("no-such-key"))).isEqualTo(S3ErrorCode.KMS_NOT_FOUND);
    assertThat(refused("<ObjectEncryption/>")).isEqualTo(S3ErrorCode.MALFORMED_XML);
    assertThat(gateway.refusedBody(body, LINE).code()).isEqualTo(S3ErrorCode.INVALID_REQUEST);
    String hold = "<LegalHold><Status>ON</Status></LegalHold>";
    gateway.sendBody(hold, "PUT /bucket/k?legal-hold", md5(hold));
    assertThat(refused(body)).isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(gateway.send("HEAD /bucket/k").header("x-amz-server-side-encryption"))
        .isEqualTo("AES256");
  }
}
