package io.sluice.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.OverTls;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OverTls
class SigV4IT extends GatewayCase {

  @BeforeEach
  void putObject() {
    put("k", "content");
  }

  @Test
  void aRightSignatureIsLetIn() throws IOException {
    assertThat(request().send().text()).isEqualTo("content");
  }

  @Test
  void aWrongSecretIsToldWhatWasSigned() throws IOException {
    Account wrong = new Account(Account.TESTER.accessKey(), "not the secret");

    RawResponse answer = request().as(wrong).send();

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorCode()).isEqualTo("SignatureDoesNotMatch");
    assertThat(answer.text())
        .contains("<StringToSign>AWS4-HMAC-SHA256", "<CanonicalRequest>GET", "<AWSAccessKeyId>")
        .doesNotContain(Account.TESTER.secretKey());
  }

  @Test
  void anUnknownKeyIsNamed() throws IOException {
    RawResponse answer = request().as(new Account("NOBODYNOBODYNOBODY00", "x")).send();

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorCode()).isEqualTo("InvalidAccessKeyId");
  }

  @Test
  void nobodyIsDenied() throws IOException {
    RawResponse answer = request().sendAnonymously();

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorCode()).isEqualTo("AccessDenied");
  }

  @Test
  void aClockThatIsTooFarOffIsRefused() throws IOException {
    for (Duration skew : new Duration[] {Duration.ofMinutes(20), Duration.ofMinutes(-20)}) {
      RawResponse answer = request().at(Instant.now().plus(skew)).send();

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.errorCode()).isEqualTo("RequestTimeTooSkewed");
    }
  }

  @Test
  void aClockThatIsALittleOffIsFine() throws IOException {
    assertThat(request().at(Instant.now().minus(Duration.ofMinutes(10))).send().status())
        .isEqualTo(200);
  }

  @Test
  void aBodyThatDoesNotFitItsHashChangesNothing() throws IOException {
    RawResponse answer =
        RawRequest.of(gateway, "PUT", "/" + bucket + "/k")
            .payloadHash(Hashes.sha256("what was signed"))
            .body("what was sent!!")
            .send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("XAmzContentSHA256Mismatch");
    assertThat(get("k")).isEqualTo("content");
  }

  @Test
  void anUnsignedWriteIsRefusedWhateverItsBodyIs() throws IOException {
    RawResponse answer =
        RawRequest.of(gateway, "PUT", "/" + bucket + "/k")
            .body("x".repeat(200_000))
            .sendAnonymously();

    assertThat(answer.status()).isEqualTo(403);
    assertThat(get("k")).isEqualTo("content");
  }

  private RawRequest request() {
    return RawRequest.of(gateway, "GET", "/" + bucket + "/k");
  }
}
