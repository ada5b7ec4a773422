package io.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.Storage;
import io.sluice.storage.StorageProvider;
import io.sluice.storage.maintenance.StoreMetric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text that Prometheus reads, held against what its own linter asks for. */
class GatewayMetricsTest {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_][a-z0-9_]*)(?:\\{(.*)\\})? (NaN|[-+0-9.eE]+|[+-]Inf)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** Labels that our own meters may have: none whose values a client chooses. */
  private static final Set<String> LABELS = Set.of("operation", "status", "code", "le");

  @TempDir private Path directory;

  private String scrape() throws IOException {
    Map<String, String> settings = Map.of("data", directory.toString(), "scrub-rate", "0");
    try (Storage storage = StorageProvider.named("local").orElseThrow().open(settings);
        GatewayMetrics metrics = new GatewayMetrics(storage.metrics())) {
      metrics.begun();
      metrics.begun();
      metrics.ended(new GatewayMetrics.Ended("GetObject", 404, "NoSuchKey", 2_000_000));
      metrics.received(3);
      metrics.sent(5);
      return metrics.scrape();
    }
  }

  @Test
  void requestsAreCountedByOperationStatusAndError() throws IOException {
    String text = scrape();
    assertThat(text.lines())
        .contains(
            "sluice_requests_seconds_count{operation=\"GetObject\",status=\"4xx\"} 1",
            "sluice_requests_seconds_bucket{operation=\"GetObject\",status=\"4xx\",le=\"0.001\"} 0",
            "sluice_requests_seconds_bucket{operation=\"GetObject\",status=\"4xx\",le=\"0.003\"} 1",
            "sluice_errors_total{code=\"NoSuchKey\",operation=\"GetObject\"} 1.0",
            "sluice_requests_active 1.0",
            "sluice_received_bytes_total 3.0",
            "sluice_sent_bytes_total 5.0");
    assertThat(text)
        .contains("sluice_store_commits_synced_total ")
        .contains("sluice_store_commit_time_seconds_total ")
        .contains("sluice_store_free_bytes ")
        .contains("sluice_store_janitor_waiting 0.0")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void countersCountOnWhenNobodyElseHoldsThem() throws IOException {
    LongAdder count = new LongAdder();
    try (GatewayMetrics metrics = new GatewayMetrics(List.of())) {
      metrics.register(StoreMetric.counter("held", "", "A count", count::sum));
      count.increment();
      System.gc();
      assertThat(metrics.scrape()).contains("sluice_held_total 1.0");
    }
  }

  @Test
  void everyMetricHasATypeAHelpAndAName() throws IOException {
    Map<String, String> types = new HashMap<>();
    Set<String> helped = new HashSet<>();
    for (String line : scrape().lines().toList()) {
      if (line.startsWith("# HELP ")) {
        String[] words = line.split(" ", 4);
        assertThat(words[3]).as(line).isNotBlank();
        helped.add(words[2]);
      } else if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", 4);
        assertThat(types.put(words[2], words[3])).as(line).isNull();
      } else if (!line.startsWith("#")) {
        checkSample(line, types);
      }
    }
    assertThat(helped).containsAll(types.keySet());
    types.forEach(GatewayMetricsTest::checkName);
  }

  private static void checkSample(String line, Map<String, String> types) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as(line).isTrue();
    String name = sample.group(1);
    String family = name.replaceFirst("_(bucket|count|sum)$", "");
    assertThat(types.containsKey(name) || types.containsKey(family)).as(line).isTrue();
    if (name.startsWith("sluice_") && sample.group(2) != null) {
      Matcher label = LABEL.matcher(sample.group(2));
      while (label.find()) {
        assertThat(LABELS).as(line).contains(label.group(1));
      }
    }
  }

  private static void checkName(String name, String type) {
    if (type.equals("counter")) {
      assertThat(name).endsWith("_total");
    } else {
      assertThat(name).doesNotEndWith("_total");
    }
    // Of the machine's own meters, names are Micrometer's.
    if (name.startsWith("sluice_")) {
      assertThat(name).doesNotEndWith("_count");
      for (String notBase : List.of("milli", "micro", "nano", "kilo", "mega", "minutes", "hours")) {
        assertThat(name).doesNotContain(notBase);
      }
    }
  }
}
