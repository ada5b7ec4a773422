package io.sluice.operation.acl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.operation.Answer;
import io.sluice.operation.FixtureAccounts;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buckets whose requesters pay. */
class RequestPaymentTest {
  private static final String AGREES = "x-amz-request-payer: requester";
  private static final String CHARGED = "x-amz-request-charged";

  private RequestFixture gateway;

  @BeforeEach
  void makeBucket() throws IOException {
    gateway = RequestFixture.withBucket();
    gateway.send("PUT /shared", "x-amz-object-ownership: ObjectWriter");
    gateway.send("PUT /shared?acl", "x-amz-acl: public-read-write");
    gateway.sendBody("text", "PUT /shared/key", "x-amz-acl: public-read");
    pays("Requester");
    gateway.authorizing();
  }

  private void pays(String payer) throws IOException {
    gateway.sendBody(document(payer), "PUT /shared?requestPayment");
  }

  private static String document(String payer) {
    return "<RequestPaymentConfiguration><Payer>"
        + payer
        + "</Payer></RequestPaymentConfiguration>";
  }

  @Test
  void theOwnerPaysUnlessItWasSaidOtherwise() throws IOException {
    assertThat(gateway.send("GET /bucket?requestPayment").element("Payer"))
        .isEqualTo("BucketOwner");
    assertThat(gateway.send("GET /shared?requestPayment").element("Payer")).isEqualTo("Requester");
    for (String bad : List.of("", "<RequestPaymentConfiguration/>", document("Nobody"))) {
      assertThat(gateway.refusedBody(bad, "PUT /shared?requestPayment").code())
          .isEqualTo(S3ErrorCode.MALFORMED_XML);
    }
  }

  @Test
  void theOwnerIsNotCharged() throws IOException {
    assertThat(gateway.send("GET /shared/key").header(CHARGED)).isNull();
    assertThat(gateway.send("GET /shared/key", AGREES).header(CHARGED)).isNull();
  }

  @Test
  void othersSayThatTheyPay() throws IOException {
    gateway.as(FixtureAccounts.OTHER);
    for (String line :
        List.of("GET /shared/key", "HEAD /shared/key", "GET /shared", "PUT /shared/new")) {
      assertThat(gateway.refused(line).code()).isEqualTo(S3ErrorCode.ACCESS_DENIED);
      assertThat(gateway.refused(line, "x-amz-request-payer: nobody").code())
          .isEqualTo(S3ErrorCode.ACCESS_DENIED);
      Answer answer = gateway.send(line, AGREES);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header(CHARGED)).isEqualTo("requester");
    }
    assertThat(gateway.send("GET /shared/key?X-Amz-Signature=s&x-amz-request-payer=requester"))
        .matches(answer -> "requester".equals(answer.header(CHARGED)));
    assertThat(gateway.refused("GET /shared/key?x-amz-request-payer=requester").code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
  }

  @Test
  void theSourceOfACopyIsPaidForToo() throws IOException {
    gateway.as(FixtureAccounts.OTHER).send("PUT /own");
    String source = "x-amz-copy-source: shared/key";
    assertThat(gateway.refused("PUT /own/copy", source).code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(gateway.send("PUT /own/copy", source, AGREES).status()).isEqualTo(200);
  }

  @Test
  void theAnonymousCannotPay() throws IOException {
    gateway.as(Identity.ANONYMOUS);
    assertThat(gateway.refused("GET /shared/key", AGREES).code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    gateway.as(RequestFixture.OWNER);
    pays("BucketOwner");
    gateway.as(Identity.ANONYMOUS);
    assertThat(gateway.send("GET /shared/key").header(CHARGED)).isNull();
  }
}
