package io.sluice.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.AccountId;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardsTest {
  private static final String ACCOUNT = AccountId.of(RequestFixture.OWNER.canonicalId());

  private RequestFixture gateway;

  @BeforeEach
  void makeBucket() throws IOException {
    gateway = RequestFixture.withBucket();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-amz-copy-source-server-side-encryption-customer-algorithm: AES256",
        "x-amz-object-lock-legal-hold-status: ON",
        "x-amz-mfa: serial 123456",
        "x-amz-bypass-governance-retention: true"
      })
  void whatIsNotBuiltIsRefusedByName(String header) throws IOException {
    S3Exception refusal = gateway.refusedBody("text", "PUT /bucket/key", header);
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.NOT_IMPLEMENTED);
    assertThat(refusal.details()).containsEntry("Header", header.substring(0, header.indexOf(':')));
    assertThat(gateway.refused("GET /bucket/key").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /bucket/key?tagging|x-amz-object-lock-mode: GOVERNANCE",
        "PUT /bucket/key?partNumber=1&uploadId=u|x-amz-object-lock-legal-hold: ON",
        "PUT /bucket/key|x-amz-bucket-object-lock-enabled: true",
        "GET /bucket/key|x-amz-object-lock-legal-hold: ON",
        "PUT /bucket/key?legal-hold|x-amz-bypass-governance-retention: true",
        "DELETE /bucket/key|x-amz-object-lock-mode: GOVERNANCE"
      })
  void locksAreRefusedWhereTheyAreNotHonoured(String request) {
    String[] parts = request.split("\\|", 2);
    assertThat(gateway.refused(parts[0], parts[1]).code()).isEqualTo(S3ErrorCode.NOT_IMPLEMENTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /bucket/key?tagging|x-amz-acl: public-read",
        "PUT /bucket/key?partNumber=1&uploadId=u|x-amz-grant-read: id=1",
        "PUT /bucket?versioning|x-amz-object-ownership: ObjectWriter",
        "GET /bucket/key|x-amz-acl: nonsense",
        "PUT /bucket/key?tagging|x-amz-server-side-encryption: AES256",
        "DELETE /bucket/key|x-amz-server-side-encryption-customer-key: c2VjcmV0"
      })
  void aclsAndEncryptionAreRefusedWhereTheyAreNotHonoured(String request) {
    String[] parts = request.split("\\|", 2);
    assertThat(gateway.refused(parts[0], parts[1]).code()).isEqualTo(S3ErrorCode.NOT_IMPLEMENTED);
  }

  @Test
  void anAclInAPresignedAddressCounts() {
    assertThat(gateway.refused("PUT /bucket/key?X-Amz-Signature=s&x-amz-acl=public-read").code())
        .isEqualTo(S3ErrorCode.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
  }

  @Test
  void aLockInAPresignedAddressCounts() {
    assertThat(gateway.refused("PUT /bucket/key?X-Amz-Signature=s&x-amz-object-lock-legal-hold=ON"))
        .extracting(S3Exception::code)
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
  }

  @Test
  void aSecretIsNotEchoed() {
    assertThat(
            gateway
                .refused("PUT /bucket/key", "x-amz-server-side-encryption-customer-key: c2VjcmV0")
                .details())
        .doesNotContainKey("HeaderValue");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-amz-acl=public-read",
        "X-Amz-Server-Side-Encryption=AES256",
        "x-amz-object-lock-mode=COMPLIANCE",
        "x-amz-copy-source=/bucket/other"
      })
  void aGuardInTheQueryIsNotIgnored(String query) {
    assertThat(gateway.refused("PUT /bucket/key?" + query).code())
        .isEqualTo(S3ErrorCode.NOT_IMPLEMENTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-amz-acl: private",
        "x-amz-acl: bucket-owner-full-control",
        "x-amz-request-payer: requester",
        "x-amz-bypass-governance-retention: false"
      })
  void whatHoldsAnywayIsAccepted(String header) throws IOException {
    assertThat(gateway.sendBody("text", "PUT /bucket/key", header).status()).isEqualTo(200);
  }

  @Test
  void theExpectedOwnerMustOwnTheBucket() throws IOException {
    String header = "x-amz-expected-bucket-owner: ";
    assertThat(gateway.send("PUT /bucket/key", header + ACCOUNT).status()).isEqualTo(200);
    assertThat(gateway.refused("PUT /bucket/key", header + "123456789012").code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(
            gateway
                .refused("GET /bucket/key?X-Amz-Signature=s&X-Amz-Expected-Bucket-Owner=1")
                .code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
  }

  @Test
  void theExpectedOwnerOfTheSourceMustOwnIt() throws IOException {
    gateway.sendBody("text", "PUT /bucket/key");
    String source = "x-amz-copy-source: bucket/key";
    String header = "x-amz-source-expected-bucket-owner: ";
    assertThat(gateway.send("PUT /bucket/copy", source, header + ACCOUNT).status()).isEqualTo(200);
    assertThat(gateway.refused("PUT /bucket/copy", source, header + "123456789012").code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
  }
}
