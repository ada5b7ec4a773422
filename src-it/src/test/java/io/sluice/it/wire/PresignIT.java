package io.sluice.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.OverTls;
import io.sluice.it.harness.RawHttp;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.SdkClients;
import java.io.IOException;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

@OverTls
class PresignIT extends GatewayCase {

  @BeforeEach
  void putObject() {
    put("k", "content");
  }

  @Test
  void anAddressOfVersion4LetsAnybodyRead() throws IOException {
    RawResponse answer = send("GET", presignedGet(Duration.ofMinutes(5)), "");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("content");
  }

  @Test
  void anAddressServesNoOtherMethod() throws IOException {
    assertThat(send("DELETE", presignedGet(Duration.ofMinutes(5)), "").errorCode())
        .isEqualTo("SignatureDoesNotMatch");
    assertThat(get("k")).isEqualTo("content");
  }

  @Test
  void anAddressOfVersion4LetsAnybodyWrite() throws IOException {
    URL address;
    try (S3Presigner presigner = SdkClients.presigner(gateway)) {
      address =
          presigner
              .presignPutObject(
                  p ->
                      p.signatureDuration(Duration.ofMinutes(5))
                          .putObjectRequest(r -> r.bucket(bucket).key("new")))
              .url();
    }

    RawResponse answer = send("PUT", address.getFile(), "by address");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(get("new")).isEqualTo("by address");
  }

  @Test
  void anExpiredAddressIsDenied() throws Exception {
    String address = presignedGet(Duration.ofSeconds(1));
    Thread.sleep(2500);

    RawResponse answer = send("GET", address, "");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorCode()).isEqualTo("AccessDenied");
  }

  @Test
  void aChangedAddressDoesNotMatch() throws IOException {
    String address = presignedGet(Duration.ofMinutes(5));

    RawResponse answer = send("GET", address.replace("X-Amz-Expires=300", "X-Amz-Expires=301"), "");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorCode()).isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void anAddressOfVersion2LetsAnybodyRead() throws IOException {
    RawResponse answer = send("GET", versionTwo(Instant.now().plusSeconds(300)), "");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("content");
  }

  @Test
  void anExpiredAddressOfVersion2IsDenied() throws IOException {
    RawResponse answer = send("GET", versionTwo(Instant.now().minusSeconds(5)), "");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorCode()).isEqualTo("AccessDenied");
  }

  private String presignedGet(Duration lifetime) {
    try (S3Presigner presigner = SdkClients.presigner(gateway)) {
      return presigner
          .presignGetObject(
              p -> p.signatureDuration(lifetime).getObjectRequest(r -> r.bucket(bucket).key("k")))
          .url()
          .getFile();
    }
  }

  private String versionTwo(Instant expires) {
    // What was signed is the path that clients believe in: bucket and key, with the prefix of the
    // gateway as botocore's endpoint has it.
    String path = gateway.prefix() + "/" + bucket + "/k";
    String signature =
        Base64.getEncoder()
            .encodeToString(
                Hashes.hmac(
                    "HmacSHA1",
                    Account.TESTER.secretKey().getBytes(StandardCharsets.UTF_8),
                    "GET\n\n\n" + expires.getEpochSecond() + "\n" + path));
    return path
        + "?AWSAccessKeyId="
        + Account.TESTER.accessKey()
        + "&Expires="
        + expires.getEpochSecond()
        + "&Signature="
        + URLEncoder.encode(signature, StandardCharsets.UTF_8);
  }

  private RawResponse send(String method, String file, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "%s %s HTTP/1.1\r\nhost: %s\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
            .formatted(method, file, gateway.authority(), bytes.length);
    return RawHttp.send(gateway.endpoint(), head, bytes);
  }
}
