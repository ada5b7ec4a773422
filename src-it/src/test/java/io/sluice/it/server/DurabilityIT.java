package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What was acknowledged survives the process, however it ends. */
class DurabilityIT {
  private static final int WRITERS = 8;
  private static final int PUTS_BEFORE_THE_KILL = 150;
  private static final int[] SIZES = {0, 100, 5_000, 70_000, 300_000};

  @TempDir Path directory;

  @Test
  void everythingAcknowledgedIsThereAfterKill9() throws Exception {
    ServerSettings settings = ServerSettings.write(directory);
    Map<String, String> acknowledged;
    try (Gateway first = RunnerServer.start(directory, settings);
        S3Client s3 = SdkClients.sync(first, Account.TESTER)) {
      s3.createBucket(r -> r.bucket("kept"));
      acknowledged = writeUntilKilled(first);
    }

    try (Gateway second = RunnerServer.start(directory, settings);
        S3Client s3 = SdkClients.sync(second, Account.TESTER)) {
      for (Map.Entry<String, String> entry : acknowledged.entrySet()) {
        RawResponse answer = RawRequest.of(second, "GET", "/kept/" + entry.getKey()).send();
        assertThat(answer.status()).as(entry.getKey()).isEqualTo(200);
        assertThat(Hashes.md5(answer.body())).as(entry.getKey()).isEqualTo(entry.getValue());
      }
      List<S3Object> listed = s3.listObjectsV2(r -> r.bucket("kept")).contents();
      assertThat(listed).extracting(S3Object::key).containsAll(acknowledged.keySet());
      for (S3Object object : listed) {
        byte[] body = RawRequest.of(second, "GET", "/kept/" + object.key()).send().body();
        assertThat('"' + Hashes.md5(body) + '"').isEqualTo(object.eTag());
      }
    }
  }

  private static Map<String, String> writeUntilKilled(Gateway gateway) throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    AtomicInteger done = new AtomicInteger();
    try {
      List<Future<Map<String, String>>> results = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        results.add(writers.submit(writer(gateway, writer, done)));
      }
      while (done.get() < PUTS_BEFORE_THE_KILL) {
        assertThat(gateway.process().alive()).isTrue();
        Thread.sleep(5);
      }
      gateway.process().kill();
      Map<String, String> acknowledged = new TreeMap<>();
      for (Future<Map<String, String>> result : results) {
        acknowledged.putAll(result.get());
      }
      return acknowledged;
    } finally {
      writers.shutdownNow();
    }
  }

  private static Callable<Map<String, String>> writer(
      Gateway gateway, int writer, AtomicInteger done) {
    return () -> {
      Map<String, String> acknowledged = new TreeMap<>();
      Random random = new Random(writer);
      for (int number = 0; ; number++) {
        String key = writer + "-" + number;
        byte[] bytes = new byte[SIZES[random.nextInt(SIZES.length)]];
        random.nextBytes(bytes);
        try {
          RawResponse answer = RawRequest.of(gateway, "PUT", "/kept/" + key).body(bytes).send();
          assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        } catch (IOException killed) {
          return acknowledged;
        }
        acknowledged.put(key, Hashes.md5(bytes));
        done.incrementAndGet();
      }
    };
  }
}
