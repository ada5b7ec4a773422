package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** {@code /-/metrics} of a running gateway. */
class MetricsIT extends GatewayCase {
  private HttpResponse<String> scrape(String... headers) throws IOException, InterruptedException {
    URI root = gateway.endpoint().resolve("/-/metrics");
    HttpRequest.Builder request = HttpRequest.newBuilder(root);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void requestsAndCommitsAreCounted() throws Exception {
    put("k", "body");
    assertThat(get("k")).isEqualTo("body");
    HttpResponse<String> answer = scrape();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(answer.body())
        .contains("sluice_requests_seconds_count{operation=\"PutObject\",status=\"2xx\"}")
        .contains("sluice_store_commits_synced_total")
        .doesNotContain(bucket);
    long sent =
        answer
            .body()
            .lines()
            .filter(line -> line.startsWith("sluice_sent_bytes_total "))
            .mapToLong(line -> (long) Double.parseDouble(line.split(" ")[1]))
            .sum();
    assertThat(sent).isGreaterThanOrEqualTo(4);
  }

  @Test
  void throughAProxyTheyAreNotForEverybody() throws Exception {
    assertThat(scrape("X-Forwarded-For", "192.0.2.1").statusCode()).isEqualTo(403);
  }
}
