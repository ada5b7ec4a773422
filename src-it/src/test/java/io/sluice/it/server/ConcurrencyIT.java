package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Many clients put, get and delete one key: each reader gets one whole version or none. */
class ConcurrencyIT extends GatewayCase {
  private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("it.race.seconds", 5));
  private static final int CLIENTS = Integer.getInteger("it.race.clients", 24);
  private static final int[] SIZES = {10, 5_000, 70_000, 1_500_000};

  @Test
  void everyGetReturnsOneCompleteVersion() throws Exception {
    long end = System.nanoTime() + LENGTH.toNanos();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int role = client % 8;
        work.add(() -> role == 0 ? delete(end) : role < 4 ? write(end) : read(end));
      }
      int complete = 0;
      for (Future<Integer> reads : clients.invokeAll(work)) {
        complete += reads.get();
      }
      assertThat(complete).as("complete versions that were read").isPositive();
    } finally {
      clients.shutdownNow();
    }
  }

  private int write(long end) throws IOException {
    while (System.nanoTime() < end) {
      byte[] bytes = new byte[SIZES[ThreadLocalRandom.current().nextInt(SIZES.length)]];
      Arrays.fill(bytes, (byte) ThreadLocalRandom.current().nextInt());
      RawResponse answer = request("PUT").body(bytes).send();
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.header("etag")).isEqualTo('"' + Hashes.md5(bytes) + '"');
    }
    return 0;
  }

  private int read(long end) throws IOException {
    int complete = 0;
    while (System.nanoTime() < end) {
      RawResponse answer = request("GET").send();
      assertThat(answer.status()).isIn(200, 404);
      if (answer.status() == 200) {
        assertThat(answer.header("etag")).isEqualTo('"' + Hashes.md5(answer.body()) + '"');
        complete++;
      }
    }
    return complete;
  }

  private int delete(long end) throws IOException {
    while (System.nanoTime() < end) {
      assertThat(request("DELETE").send().status()).isEqualTo(204);
    }
    return 0;
  }

  private RawRequest request(String method) {
    return RawRequest.of(gateway, method, "/" + bucket + "/k");
  }
}
