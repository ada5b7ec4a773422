package io.sluice.it.bench;

import io.sluice.it.harness.Gateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a run leaves: numbers that servers tell, memory they took, files. */
final class Remains {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int KIBIBYTES = 1024;

  private Remains() {}

  private static long metric(Gateway gateway, String begin) throws Exception {
    URI metrics = gateway.endpoint().resolve("/-/metrics");
    return HTTP.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(begin))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Reads of objects that a gateway has answered. */
  static long reads(Gateway gateway) throws Exception {
    return metric(gateway, "sluice_requests_seconds_count{operation=\"GetObject\"");
  }

  /** Waits until nothing is being read into a cache. */
  static void awaitNoFill(Gateway gateway) throws Exception {
    while (metric(gateway, "sluice_cache_filling") > 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** The most memory that a process had. */
  static long peakMebibytes(long pid) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(one -> one.startsWith("VmHWM"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTES;
  }

  static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(directory)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
