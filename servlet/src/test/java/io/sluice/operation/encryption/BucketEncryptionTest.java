package io.sluice.operation.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.encryption.EncryptionFixture;
import io.sluice.error.S3ErrorCode;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bucket says of the encryption of its new objects. */
class BucketEncryptionTest {
  private static final String SSE = "x-amz-server-side-encryption";

  private RequestFixture gateway;

  @BeforeEach
  void makeBucket() throws IOException {
    gateway = RequestFixture.withBucket();
  }

  private static String rule(String content) {
    return "<ServerSideEncryptionConfiguration xmlns='http://s3.amazonaws.com/doc/2006-03-01/'>"
        + "<Rule>"
        + content
        + "</Rule></ServerSideEncryptionConfiguration>";
  }

  private static String byDefault(String content) {
    return rule(
        "<ApplyServerSideEncryptionByDefault>" + content + "</ApplyServerSideEncryptionByDefault>");
  }

  private void configure(String document) throws IOException {
    assertThat(gateway.sendBody(document, "PUT /bucket?encryption").status()).isEqualTo(200);
  }

  @Test
  void aBucketThatWasToldNothingEncryptsNothing() throws IOException {
    assertThat(gateway.refused("GET /bucket?encryption").code())
        .isEqualTo(S3ErrorCode.SERVER_SIDE_ENCRYPTION_CONFIGURATION_NOT_FOUND);
    assertThat(gateway.sendBody("test", "PUT /bucket/k").header(SSE)).isNull();
    assertThat(gateway.send("DELETE /bucket?encryption").status()).isEqualTo(204);
  }

  @Test
  void theDefaultIsAppliedAndTold() throws IOException {
    configure(byDefault("<SSEAlgorithm>AES256</SSEAlgorithm>"));

    assertThat(gateway.send("GET /bucket?encryption").body())
        .contains("<SSEAlgorithm>AES256</SSEAlgorithm>")
        .contains("<BucketKeyEnabled>false</BucketKeyEnabled>");
    assertThat(gateway.sendBody("test", "PUT /bucket/k").header(SSE)).isEqualTo("AES256");
    assertThat(gateway.send("HEAD /bucket/k").header(SSE)).isEqualTo("AES256");
    assertThat(gateway.send("GET /bucket/k").header(SSE)).isEqualTo("AES256");
    Answer upload = gateway.send("POST /bucket/m?uploads");
    assertThat(upload.header(SSE)).isEqualTo("AES256");

    gateway.send("DELETE /bucket?encryption");
    assertThat(gateway.sendBody("test", "PUT /bucket/k").header(SSE)).isNull();
  }

  @Test
  void theDefaultMayBeAKeyOfKms() throws IOException {
    configure(
        rule(
            "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>"
                + "<KMSMasterKeyID>alias/tests</KMSMasterKeyID>"
                + "</ApplyServerSideEncryptionByDefault>"
                + "<BucketKeyEnabled>true</BucketKeyEnabled>"));
    Answer put = gateway.sendBody("test", "PUT /bucket/k");

    assertThat(put.header(SSE)).isEqualTo("aws:kms");
    assertThat(put.header(SSE + "-aws-kms-key-id")).isEqualTo(EncryptionFixture.KMS_KEY);
    assertThat(put.header(SSE + "-bucket-key-enabled")).isEqualTo("true");
    assertThat(put.header("ETag")).isNotEqualTo("\"098f6bcd4621d373cade4e832627b4f6\"");
    Answer other = gateway.sendBody("test", "PUT /bucket/k", SSE + "-bucket-key-enabled: false");
    assertThat(other.header(SSE + "-bucket-key-enabled")).isNull();
    assertThat(gateway.sendBody("test", "PUT /bucket/k", SSE + ": AES256").header(SSE))
        .isEqualTo("AES256");
  }

  @Test
  void aKeyThatIsNotThereFailsTheWrite() throws IOException {
    configure(byDefault("<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>no</KMSMasterKeyID>"));
    assertThat(gateway.refusedBody("test", "PUT /bucket/k").code())
        .isEqualTo(S3ErrorCode.KMS_NOT_FOUND);
  }

  @Test
  void customersKeysAreRefusedWhereTheBucketSaysSo() throws IOException {
    configure(
        rule(
            "<BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType>"
                + "</BlockedEncryptionTypes>"));
    assertThat(gateway.send("GET /bucket?encryption").body())
        .contains("<EncryptionType>SSE-C</EncryptionType>");
    assertThat(gateway.refusedBody("x", "PUT /bucket/k", CustomerKeyTest.headers(1)).code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(gateway.refused("POST /bucket/k?uploads", CustomerKeyTest.headers(1)).code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);

    configure(
        rule(
            "<BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType>"
                + "</BlockedEncryptionTypes>"));
    gateway.sendBody("x", "PUT /bucket/k", CustomerKeyTest.headers(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<SSEAlgorithm>DES</SSEAlgorithm>",
        "<KMSMasterKeyID>k</KMSMasterKeyID>",
      })
  void aRuleIsWhole(String content) {
    assertThat(gateway.refusedBody(byDefault(content), "PUT /bucket?encryption").code())
        .isEqualTo(S3ErrorCode.MALFORMED_XML);
  }

  @Test
  void aKeyNeedsKms() {
    String document =
        byDefault("<SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID>");
    assertThat(gateway.refusedBody(document, "PUT /bucket?encryption").code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void twoLayersAreRefusedByName() {
    String document = byDefault("<SSEAlgorithm>aws:kms:dsse</SSEAlgorithm>");
    assertThat(gateway.refusedBody(document, "PUT /bucket?encryption").code())
        .isEqualTo(S3ErrorCode.NOT_IMPLEMENTED);
    assertThat(gateway.refusedBody("x", "PUT /bucket/k", SSE + ": aws:kms:dsse").code())
        .isEqualTo(S3ErrorCode.NOT_IMPLEMENTED);
  }

  @Test
  void headersSayWhatIsKnown() {
    assertThat(gateway.refusedBody("x", "PUT /bucket/k", SSE + ": DES").code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    assertThat(gateway.refusedBody("x", "PUT /bucket/k", SSE + "-aws-kms-key-id: k").code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    assertThat(
            gateway
                .refusedBody(
                    "x", "PUT /bucket/k", SSE + ": aws:kms", SSE + "-aws-kms-key-id: nobody's")
                .code())
        .isEqualTo(S3ErrorCode.KMS_NOT_FOUND);
    assertThat(
            gateway
                .refusedBody("x", "PUT /bucket/k", SSE + ": aws:kms", SSE + "-context: %%%")
                .code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    assertThat(gateway.refused("DELETE /bucket/k", SSE + ": AES256").code())
        .isEqualTo(S3ErrorCode.NOT_IMPLEMENTED);
  }

  @Test
  void readsDoNotNameAKeyOfTheServers() throws IOException {
    gateway.sendBody("test", "PUT /bucket/k", SSE + ": AES256");
    for (String line : new String[] {"GET /bucket/k", "HEAD /bucket/k"}) {
      assertThat(gateway.refused(line, SSE + ": AES256").code())
          .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    }
  }

  @Test
  void aContextIsToldToItsWriter() throws IOException {
    String context = "eyJhIjoiYiJ9";
    Answer put =
        gateway.sendBody("x", "PUT /bucket/k", SSE + ": aws:kms", SSE + "-context: " + context);
    assertThat(put.header(SSE + "-context")).isEqualTo(context);
    assertThat(put.header(SSE + "-aws-kms-key-id")).isEqualTo("aws/s3");
    assertThat(gateway.send("GET /bucket/k").header(SSE + "-context")).isNull();
  }
}
