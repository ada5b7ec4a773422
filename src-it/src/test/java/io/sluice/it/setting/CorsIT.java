package io.sluice.it.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

class CorsIT extends GatewayCase {
  private static final String PAGE = "https://page.example";
  private static final String ALLOW_ORIGIN = "access-control-allow-origin";
  private static final String ALLOW_METHODS = "access-control-allow-methods";

  private void allow(CORSRule... rules) {
    s3.putBucketCors(r -> r.bucket(bucket).corsConfiguration(c -> c.corsRules(rules)));
  }

  private static CORSRule pageRule() {
    return CORSRule.builder()
        .id("page")
        .allowedOrigins(PAGE)
        .allowedMethods("GET", "PUT")
        .allowedHeaders("x-amz-*", "content-type")
        .exposeHeaders("ETag", "x-amz-request-id")
        .maxAgeSeconds(600)
        .build();
  }

  private RawRequest preflight(String target, String origin, String method) {
    return RawRequest.of(gateway, "OPTIONS", target)
        .header("origin", origin)
        .header("access-control-request-method", method);
  }

  @Test
  void aConfigurationComesAndGoes() {
    allow(pageRule());
    assertThat(s3.getBucketCors(r -> r.bucket(bucket)).corsRules()).containsExactly(pageRule());

    s3.deleteBucketCors(r -> r.bucket(bucket));
    S3Exception none =
        catchThrowableOfType(S3Exception.class, () -> s3.getBucketCors(r -> r.bucket(bucket)));
    assertThat(none.awsErrorDetails().errorCode()).isEqualTo("NoSuchCORSConfiguration");
  }

  @Test
  void aPreflightNeedsNoSignature() throws IOException {
    allow(pageRule());

    for (String target : new String[] {"/" + bucket, "/" + bucket + "/some/key"}) {
      RawResponse answer =
          preflight(target, PAGE, "PUT")
              .header("access-control-request-headers", "Content-Type, X-Amz-Date")
              .sendAnonymously();

      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.header(ALLOW_ORIGIN)).isEqualTo(PAGE);
      assertThat(answer.header(ALLOW_METHODS)).isEqualTo("GET, PUT");
      assertThat(answer.header("access-control-allow-headers"))
          .isEqualTo("content-type, x-amz-date");
      assertThat(answer.header("access-control-expose-headers"))
          .isEqualTo("ETag, x-amz-request-id");
      assertThat(answer.header("access-control-max-age")).isEqualTo("600");
      assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
      assertThat(answer.header("vary"))
          .isEqualTo("Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void aPreflightThatNoRuleAllowsIsForbidden() throws IOException {
    String target = "/" + bucket + "/k";
    isForbidden(preflight(target, PAGE, "GET"), "CORS is not enabled for this bucket.");
    allow(pageRule());

    isForbidden(preflight(target, "https://other.example", "GET"), "not allowed");
    isForbidden(preflight(target, PAGE, "DELETE"), "not allowed");
    isForbidden(
        preflight(target, PAGE, "GET").header("access-control-request-headers", "x-other"),
        "not allowed");
    isForbidden(preflight("/" + newBucketName(), PAGE, "GET"), "Bucket not found");
  }

  private static void isForbidden(RawRequest request, String message) throws IOException {
    RawResponse answer = request.sendAnonymously();
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorCode()).isEqualTo("AccessForbidden");
    assertThat(answer.text()).contains(message);
    assertThat(answer.header(ALLOW_ORIGIN)).isNull();
  }

  @Test
  void whatIsNoPreflightIsABadRequest() throws IOException {
    allow(pageRule());

    RawResponse nameless = RawRequest.of(gateway, "OPTIONS", "/" + bucket).sendAnonymously();
    assertThat(nameless.status()).isEqualTo(400);
    assertThat(nameless.errorCode()).isEqualTo("BadRequest");
    assertThat(nameless.text()).contains("Origin request header needed.");

    RawResponse methodless =
        RawRequest.of(gateway, "OPTIONS", "/" + bucket).header("origin", PAGE).sendAnonymously();
    assertThat(methodless.status()).isEqualTo(400);
    assertThat(methodless.errorCode()).isEqualTo("BadRequest");
  }

  @Test
  void answersAndErrorsCarryTheHeaders() throws IOException {
    allow(pageRule());
    put("k", "text");

    RawResponse read = signed("GET", "k").send();
    assertThat(read.text()).isEqualTo("text");
    assertThat(read.header(ALLOW_ORIGIN)).isEqualTo(PAGE);
    assertThat(read.header("access-control-expose-headers")).contains("ETag");

    RawResponse missing = signed("GET", "missing").send();
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header(ALLOW_ORIGIN)).isEqualTo(PAGE);

    RawResponse unsigned = signed("GET", "k").sendAnonymously();
    assertThat(unsigned.status()).isEqualTo(403);
    assertThat(unsigned.header(ALLOW_ORIGIN)).isEqualTo(PAGE);

    RawResponse deleted = signed("DELETE", "missing").send();
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.header(ALLOW_ORIGIN)).isNull();

    RawResponse plain = RawRequest.of(gateway, "GET", "/" + bucket + "/k").send();
    assertThat(plain.header(ALLOW_ORIGIN)).isNull();
    assertThat(plain.header("vary")).isNull();
  }

  private RawRequest signed(String method, String key) {
    return RawRequest.of(gateway, method, "/" + bucket + "/" + key).header("origin", PAGE);
  }

  @Test
  void everyOriginGetsAStarAndNoCredentials() throws IOException {
    allow(CORSRule.builder().allowedOrigins("*").allowedMethods("GET").build());

    RawResponse answer = preflight("/" + bucket + "/k", PAGE, "GET").sendAnonymously();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header(ALLOW_ORIGIN)).isEqualTo("*");
    assertThat(answer.header("access-control-allow-credentials")).isNull();
  }

  @Test
  void theBucketMayStandInTheHost() throws IOException {
    assumeThat(gateway.external()).isFalse();
    allow(pageRule());
    Gateway root = new Gateway(gateway.name(), gateway.root(), gateway.process());

    RawResponse answer =
        RawRequest.of(root, "OPTIONS", "/k")
            .header("host", bucket + "." + Gateway.BASE_DOMAIN + ":" + root.endpoint().getPort())
            .header("origin", PAGE)
            .header("access-control-request-method", "PUT")
            .sendAnonymously();

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header(ALLOW_METHODS)).isEqualTo("GET, PUT");
  }
}
