package io.sluice.it.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.RoutingRule;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.WebsiteConfiguration;

class WebsiteIT extends GatewayCase {
  private static final String POLICY =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::BUCKET/*"},
        {"Effect": "Deny", "Principal": "*",
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::BUCKET/secret*"}]}
      """;

  private Gateway root;

  @BeforeEach
  void letEverybodyRead() {
    assumeThat(gateway.external()).isFalse();
    root = new Gateway(gateway.name(), gateway.root(), gateway.process());
    s3.putBucketPolicy(r -> r.bucket(bucket).policy(POLICY.replace("BUCKET", bucket)));
  }

  private void site(RoutingRule... rules) {
    WebsiteConfiguration.Builder site =
        WebsiteConfiguration.builder()
            .indexDocument(d -> d.suffix("index.html"))
            .errorDocument(d -> d.key("error.html"));
    configure(rules.length == 0 ? site.build() : site.routingRules(rules).build());
  }

  private void configure(WebsiteConfiguration site) {
    s3.putBucketWebsite(r -> r.bucket(bucket).websiteConfiguration(site));
  }

  private RawRequest request(String method, String target) {
    return RawRequest.of(root, method, target).header("host", host());
  }

  private String host() {
    return bucket + "." + Gateway.WEBSITE_DOMAIN + ":" + root.endpoint().getPort();
  }

  private RawResponse get(String method, String target) throws IOException {
    return request(method, target).sendAnonymously();
  }

  @Test
  void aConfigurationComesAndGoes() {
    site(
        RoutingRule.builder()
            .condition(c -> c.keyPrefixEquals("a"))
            .redirect(r -> r.replaceKeyWith("b"))
            .build());
    assertThat(s3.getBucketWebsite(r -> r.bucket(bucket)).routingRules()).hasSize(1);

    s3.deleteBucketWebsite(r -> r.bucket(bucket));
    S3Exception none =
        catchThrowableOfType(S3Exception.class, () -> s3.getBucketWebsite(r -> r.bucket(bucket)));
    assertThat(none.awsErrorDetails().errorCode()).isEqualTo("NoSuchWebsiteConfiguration");
  }

  @Test
  void indexDocumentsStandForFolders() throws IOException {
    site();
    s3.putObject(
        r -> r.bucket(bucket).key("index.html").contentType("text/html"),
        RequestBody.fromString("<p>home"));
    put("docs/index.html", "docs");

    RawResponse home = get("GET", "/");
    assertThat(home.status()).isEqualTo(200);
    assertThat(home.text()).isEqualTo("<p>home");
    assertThat(home.header("content-type")).isEqualTo("text/html");
    assertThat(get("GET", "/docs/?utm=1&acl").text()).isEqualTo("docs");

    RawResponse folder = get("GET", "/docs");
    assertThat(folder.status()).isEqualTo(302);
    assertThat(folder.header("location")).isEqualTo("/docs/");

    RawResponse head = get("HEAD", "/docs/");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-length")).isEqualTo("4");
  }

  @Test
  void rangesAndConditionsAreHonoured() throws IOException {
    site();
    put("k.txt", "0123456789");

    RawResponse range = request("GET", "/k.txt").header("range", "bytes=2-4").sendAnonymously();
    assertThat(range.status()).isEqualTo(206);
    assertThat(range.text()).isEqualTo("234");
    String etag = get("GET", "/k.txt").header("etag");
    RawResponse same = request("GET", "/k.txt").header("if-none-match", etag).sendAnonymously();
    assertThat(same.status()).isEqualTo(304);
  }

  @Test
  void errorsShowTheErrorDocumentWithTheirStatus() throws IOException {
    site();
    RawResponse plain = get("GET", "/secret%3Cb%3E");
    assertThat(plain.status()).isEqualTo(403);
    assertThat(plain.header("content-type")).startsWith("text/html");
    assertThat(plain.text()).contains("<h1>403 Forbidden</h1>", "<li>Code: AccessDenied</li>");
    assertThat(plain.text()).doesNotContain("<b>");
    put("error.html", "oh no");

    RawResponse shown = request("GET", "/secret").header("range", "bytes=0-0").sendAnonymously();
    assertThat(shown.status()).isEqualTo(403);
    assertThat(shown.text()).isEqualTo("oh no");

    RawResponse missing = get("GET", "/missing");
    assertThat(missing.status()).isIn(403, 404);
    assertThat(missing.text()).isEqualTo("oh no");
    assertThat(get("HEAD", "/missing").status()).isEqualTo(missing.status());
  }

  @Test
  void rulesRedirectBeforeAndAfterTheLookup() throws IOException {
    site(
        RoutingRule.builder()
            .condition(c -> c.keyPrefixEquals("old/"))
            .redirect(r -> r.replaceKeyPrefixWith("new/").httpRedirectCode("307"))
            .build(),
        RoutingRule.builder()
            .condition(c -> c.keyPrefixEquals("app/").httpErrorCodeReturnedEquals("403"))
            .redirect(r -> r.hostName("app.example").protocol("https").replaceKeyWith("start"))
            .build());
    put("app/there", "x");

    RawResponse before = get("GET", "/old/a%20b");
    assertThat(before.status()).isEqualTo(307);
    assertThat(before.header("location")).isEqualTo("http://" + host() + "/new/a%20b");

    assertThat(get("GET", "/app/there").text()).isEqualTo("x");
    RawResponse after = get("GET", "/app/none");
    assertThat(after.status()).isEqualTo(301);
    assertThat(after.header("location")).isEqualTo("https://app.example/start");
  }

  @Test
  void everythingAndSingleObjectsCanMove() throws IOException {
    site();
    s3.putObject(
        r -> r.bucket(bucket).key("moved").websiteRedirectLocation("/docs/"),
        RequestBody.fromString("x"));
    RawResponse moved = get("GET", "/moved");
    assertThat(moved.status()).isEqualTo(301);
    assertThat(moved.header("location")).isEqualTo("/docs/");
    assertThat(moved.body()).isEmpty();

    configure(
        WebsiteConfiguration.builder()
            .redirectAllRequestsTo(r -> r.hostName("other.example").protocol("https"))
            .build());
    RawResponse all = get("GET", "/a%20b?c=d");
    assertThat(all.status()).isEqualTo(301);
    assertThat(all.header("location")).isEqualTo("https://other.example/a%20b?c=d");
  }

  @Test
  void nothingIsWrittenAndNothingIsListed() throws IOException {
    RawResponse none = get("GET", "/");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.text()).contains("NoSuchWebsiteConfiguration");
    site();
    put("index.html", "home");

    RawResponse signed = request("PUT", "/k").body("x").send();
    assertThat(signed.status()).isEqualTo(405);
    assertThat(signed.text()).contains("<li>Code: MethodNotAllowed</li>");
    assertThat(request("GET", "/?list-type=2").send().text()).isEqualTo("home");
  }

  @Test
  void theBucketMustBeThere() throws IOException {
    RawResponse answer =
        RawRequest.of(root, "GET", "/")
            .header("host", newBucketName() + "." + Gateway.WEBSITE_DOMAIN)
            .sendAnonymously();

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).contains("<li>Code: NoSuchBucket</li>");
  }
}
