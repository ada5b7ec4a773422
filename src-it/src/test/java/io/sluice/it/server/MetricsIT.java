package io.sluice.it.server;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Artefact;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code /-/metrics} of a running gateway. */
class MetricsIT extends GatewayCase {
  private static final Pattern METRIC =
      Pattern.compile("\\b(sluice|jvm|process|system)_[a-z0-9_]+\\b");

  private HttpResponse<String> scrape(String... headers) throws IOException, InterruptedException {
    URI root = gateway.direct().resolve("/-/metrics");
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

  /** Requests of all kinds, some of which fail, on names that nobody used before. */
  private void requests() throws IOException {
    for (int i = 0; i < 3; i++) {
      String key = "key-" + System.nanoTime();
      put(key, "body");
      get(key);
      s3.deleteObject(request -> request.bucket(bucket).key(key));
      RawRequest.of(gateway, "GET", "/" + bucket + "/" + key).send();
      RawRequest.of(gateway, "GET", "/" + newBucketName() + "/" + key).send();
      RawRequest.of(gateway, "GET", "/" + bucket + "/" + key).sendAnonymously();
      RawRequest.of(gateway, "M" + (char) ('A' + i), "/" + bucket).send();
      RawRequest.of(new Gateway("", gateway.root(), null), "GET", "/-/admin/v1/" + key).send();
    }
    s3.listObjectsV2(request -> request.bucket(bucket));
    s3.listBuckets();
  }

  @Test
  void thePrometheusLinterIsContent() throws Exception {
    requests();
    MetricsLint lint = new MetricsLint(scrape().body());
    assertThat(lint.problems()).isEmpty();
    assertThat(lint.series()).hasSizeGreaterThan(50);
  }

  @Test
  void nothingThatAClientChoosesMakesASeries() throws Exception {
    requests();
    Set<String> before = ours();
    requests();
    requests();
    assertThat(ours()).isEqualTo(before);
  }

  /** The garbage collector's series come when it has something to tell. */
  private Set<String> ours() throws Exception {
    return new MetricsLint(scrape().body())
        .series().stream().filter(name -> name.startsWith("sluice_")).collect(toSet());
  }

  @Test
  void theDashboardAsksForWhatThereIs() throws Exception {
    requests();
    MetricsLint lint = new MetricsLint(scrape().body());
    String dashboard = Files.readString(Artefact.conf().resolve("grafana/sluice.json"));
    List<String> asked =
        METRIC.matcher(dashboard).results().map(MatchResult::group).distinct().toList();
    // Only the runner knows how many clients are connected.
    String unknown = gateway.name().startsWith("runner") ? "" : "sluice_connections";
    assertThat(asked)
        .hasSizeGreaterThan(20)
        .allMatch(name -> name.equals(unknown) || lint.has(name));
    List<String> told =
        lint.series().stream()
            .map(name -> name.substring(0, name.indexOf('{')))
            .filter(name -> name.startsWith("sluice_"))
            .distinct()
            .toList();
    assertThat(asked).as("every metric of ours is on the dashboard").containsAll(told);
  }

  @Test
  void throughAProxyTheyAreNotForEverybody() throws Exception {
    assertThat(scrape("X-Forwarded-For", "192.0.2.1").statusCode()).isEqualTo(403);
  }
}
