package io.sluice.operation.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorsConfigurationTest {
  private static final String DIGEST = "Content-MD5: checked elsewhere";
  private static final String GET = "<AllowedMethod>GET</AllowedMethod>";
  private static final String ANY = "<AllowedOrigin>*</AllowedOrigin>";

  private RequestFixture gateway;

  @BeforeEach
  void createBucket() throws IOException {
    gateway = RequestFixture.withBucket();
  }

  private static String rule(String content) {
    return "<CORSRule>" + content + "</CORSRule>";
  }

  private void put(String rules) throws IOException {
    int status = gateway.sendBody(document(rules), "PUT /bucket?cors", DIGEST).status();
    assertThat(status).isEqualTo(200);
  }

  private S3Exception refused(String rules) {
    return gateway.refusedBody(document(rules), "PUT /bucket?cors", DIGEST);
  }

  private static String document(String rules) {
    return "<CORSConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + rules
        + "</CORSConfiguration>";
  }

  @Test
  void aConfigurationComesBackWhole() throws IOException {
    String rule =
        rule(
            "<ID>one</ID><AllowedHeader>x-*</AllowedHeader>"
                + GET
                + "<AllowedMethod>PUT</AllowedMethod>"
                + ANY
                + "<ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>3000</MaxAgeSeconds>");
    put(rule);

    assertThat(gateway.send("GET /bucket?cors").body()).contains(rule);
    assertThat(gateway.send("DELETE /bucket?cors").status()).isEqualTo(204);
    assertThat(gateway.refused("GET /bucket?cors").code().wireCode())
        .isEqualTo("NoSuchCORSConfiguration");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<AllowedOrigin>*</AllowedOrigin> | MalformedXML",
        "<AllowedMethod>GET</AllowedMethod> | MalformedXML",
        "<AllowedMethod>PATCH</AllowedMethod><AllowedOrigin>*</AllowedOrigin> | InvalidRequest",
        "<AllowedMethod>get</AllowedMethod><AllowedOrigin>*</AllowedOrigin> | InvalidRequest",
        "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>*a*</AllowedOrigin> | InvalidRequest",
        "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin>"
            + "<AllowedHeader>*x*</AllowedHeader> | InvalidRequest",
        "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin>"
            + "<ExposeHeader>x-*</ExposeHeader> | InvalidRequest",
        "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin>"
            + "<ExposeHeader>a: b</ExposeHeader> | InvalidRequest",
        "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin>"
            + "<MaxAgeSeconds>soon</MaxAgeSeconds> | MalformedXML"
      })
  void aRuleThatAwsRefusesIsRefused(String content, String code) {
    assertThat(refused(rule(content)).code().wireCode()).isEqualTo(code);
  }

  @Test
  void thereAreOneToAHundredRulesWithADigest() throws IOException {
    assertThat(refused("").code().wireCode()).isEqualTo("MalformedXML");
    assertThat(refused(rule(GET + ANY).repeat(101)).code().wireCode()).isEqualTo("InvalidRequest");
    put(rule(GET + ANY).repeat(100));
    assertThat(gateway.refusedBody(document(rule(GET + ANY)), "PUT /bucket?cors").code().wireCode())
        .isEqualTo("InvalidRequest");
  }

  @ParameterizedTest
  @CsvSource({
    "*, http://a.example, true",
    "http://a.example, http://a.example, true",
    "http://a.example, http://A.example, false",
    "http://*.example, http://a.b.example, true",
    "http://*.example, http://example, false",
    "http://*.example, https://a.example, false",
    "http*, https://any, true",
    "*suffix, foo.suffix, true",
    "*suffix, foo.suffixes, false",
    "start*end, start-end, true",
    "start*end, startend, true",
    "start*tend, startend, false"
  })
  void anOriginFitsWithOneWildcard(String allowed, String origin, boolean fits) {
    CorsRule rule =
        new CorsRule(null, List.of(), List.of("GET"), List.of(allowed), List.of(), null);

    assertThat(rule.allowedOriginOf(origin) != null).isEqualTo(fits);
  }

  @Test
  void theFirstRuleThatAllowsAllOfItDecides() {
    CorsRule get = new CorsRule("1", List.of("x-a"), List.of("GET"), List.of("*"), List.of(), null);
    CorsRule put =
        new CorsRule("2", List.of("X-*"), List.of("PUT", "GET"), List.of("http://a"), List.of(), 1);
    CorsConfiguration cors = new CorsConfiguration(List.of(get, put));

    assertThat(cors.match("http://a", "GET", List.of("X-A")))
        .contains(new CorsConfiguration.Match(get, true));
    assertThat(cors.match("http://a", "GET", List.of("x-a", "x-b")))
        .contains(new CorsConfiguration.Match(put, false));
    assertThat(cors.match("http://b", "PUT", List.of())).isEmpty();
    assertThat(cors.match("http://a", "DELETE", List.of())).isEmpty();
    assertThat(cors.match("http://a", "PUT", List.of("content-type"))).isEmpty();
  }

  @Test
  void aChangeHoldsAtOnce() throws IOException {
    CorsRules rules = new CorsRules(gateway.storage());
    BucketName bucket = new BucketName("bucket");
    assertThat(rules.of(bucket).rules()).isEmpty();

    put(rule(GET + ANY));
    assertThat(rules.of(bucket)).isSameAs(rules.of(bucket));
    assertThat(rules.of(bucket).rules()).hasSize(1);

    gateway.send("DELETE /bucket?cors");
    assertThat(rules.of(bucket).rules()).isEmpty();
  }
}
