package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.OverTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The self-test of containers that are set up as {@code conf/} says. */
@OverTls
class SelfTestIT extends GatewayCase {
  static HttpResponse<String> get(Gateway gateway, String path, String... headers)
      throws Exception {
    URI uri = gateway.direct().resolve(path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatConfSaysLetsEverythingThrough() throws Exception {
    HttpResponse<String> answer = get(gateway, "/-/health/self-test", "Accept", "application/json");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(answer.body())
        .contains("\"id\":\"encoded-slash\"")
        .contains("\"id\":\"big-headers\"")
        .contains("\"ok\":true,\"settings\":")
        .doesNotContain("\"ok\":false");
  }

  @Test
  void peopleSeeAPage() throws Exception {
    HttpResponse<String> answer = get(gateway, "/-/health/self-test", "Accept", "text/html");
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(answer.body()).contains("lets everything through").doesNotContain("wrong</td>");
  }

  @Test
  void whoComesThroughAProxySeesNothing() throws Exception {
    assertThat(get(gateway, "/-/health/self-test", "X-Forwarded-For", "192.0.2.1").statusCode())
        .isEqualTo(403);
    assertThat(get(gateway, "/-/health/echo/a").statusCode()).isEqualTo(404);
    assertThat(get(gateway, "/-/health/echo/a", "x-sluice-self-test", "guess").statusCode())
        .isEqualTo(404);
  }

  @Test
  void theStoreIsReady() throws Exception {
    assertThat(get(gateway, "/-/health/live").body()).isEqualTo("ok\n");
    assertThat(get(gateway, "/-/health/ready").body()).isEqualTo("ok\n");
    assertThat(get(gateway, "/-/health/else").statusCode()).isEqualTo(404);
  }
}
