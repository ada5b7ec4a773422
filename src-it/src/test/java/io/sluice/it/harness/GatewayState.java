package io.sluice.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What a gateway tells its administrators of itself: metrics, and what the admin API knows.
 * Thread-safe.
 *
 * @param gateway the one that is asked, with the keys of the harness
 */
public record GatewayState(Gateway gateway) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int POLLS = 1500;

  /** All metrics, as Prometheus reads them. */
  public String metrics() {
    URI metrics = gateway.root().resolve("/-/metrics");
    try {
      return HTTP.send(
              HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * The sum of a metric's samples.
   *
   * @param name how the lines begin, such as a name and its first labels
   * @param label what the lines hold as well; empty for all
   */
  public long metric(String name, String label) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name) && line.contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /**
   * GetObject requests that the gateway has answered.
   *
   * @param status the class of their status, such as {@code 2xx}; empty for all
   */
  public long reads(String status) {
    return metric("sluice_requests_seconds_count{operation=\"GetObject\"", status);
  }

  /** The answer of the admin API at a path below its version. */
  public String admin(String method, String path, String body) {
    Gateway root = new Gateway(gateway.name(), gateway.root(), gateway.process());
    try {
      return RawRequest.of(root, method, "/-/admin/v1" + path).body(body).send().text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the cache has an object, whose key is given as in a query. */
  public boolean isCached(String bucket, String key) {
    return admin("GET", "/buckets/" + bucket + "/object?key=" + key, "")
        .contains("\"cached\":true");
  }

  /**
   * Waits until something holds, for half a minute at most.
   *
   * @throws AssertionError if it does not
   */
  public static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < POLLS; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("what was waited for did not come about");
  }
}
