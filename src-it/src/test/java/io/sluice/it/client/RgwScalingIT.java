package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.CephGateway;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerSettings;
import io.sluice.it.harness.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * A mixed load on three gateways with caches over one Ceph cluster, of which one gateway, and with
 * {@code -Dit.rgw.disks=3} one disk of the cluster, dies half-way. {@code -Dit.scaling.operations}
 * says how much.
 */
class RgwScalingIT {
  private static final String BUCKET = "rgw-many";
  private static final int OPERATIONS = Integer.getInteger("it.scaling.operations", 1200);
  private static final int DISKS = Integer.getInteger("it.rgw.disks", 1);
  private static final int CLIENTS = 8;
  private static final int KEYS = 40;
  private static final String ABSENT = "";

  @TempDir Path directory;

  private final List<Gateway> gateways = new ArrayList<>();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private CephGateway engine;

  @AfterEach
  void stop() {
    gateways.forEach(Gateway::close);
    if (engine != null && DISKS > 1) {
      engine.close();
    }
  }

  private Gateway gateway(String name) throws Exception {
    Path own = Files.createDirectories(directory.resolve(name));
    Gateway started =
        RunnerServer.start(
            own,
            ServerSettings.write(
                own,
                engine.provider(
                    "engine",
                    "buckets=" + BUCKET,
                    "cache.capacity=100MiB",
                    "cache.validate-warm-get=true",
                    "cache.synchronize=true")),
            "-Xmx256m");
    gateways.add(started);
    return started;
  }

  @Test
  void noAcknowledgedWriteIsLostAndNoReadIsStale() throws Exception {
    Tool.of(directory, Map.of(), "nginx"); // skips the test, or fails it, where there is none
    engine = DISKS > 1 ? CephGateway.start(DISKS) : CephGateway.shared();
    Gateway first = gateway("first");
    Gateway proxied = NginxOfMany.start(directory, first, gateway("second"), gateway("third"));
    gateways.add(0, proxied);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    long start = System.nanoTime();
    try (S3Client all = SdkClients.sync(proxied);
        S3Client there = SdkClients.sync(engine)) {
      all.createBucket(r -> r.bucket(BUCKET));
      List<Client> running = new ArrayList<>();
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Client client = new Client(all, i);
        running.add(client);
        ends.add(clients.submit(client));
      }
      while (done.get() < OPERATIONS / 2 && ends.stream().noneMatch(Future::isDone)) {
        Thread.sleep(5);
      }
      first.process().kill();
      if (DISKS > 1) {
        engine.killDisk();
      }
      for (Future<?> end : ends) {
        end.get(); // throws what a client found wrong
      }
      long millis = (System.nanoTime() - start) / 1_000_000;
      int found = 0;
      for (Client client : running) {
        found += client.check(all);
        found += client.check(there);
      }
      Files.writeString(
          Path.of("target", "rgw-scaling.txt"),
          "%d operations in %d ms, %d without an answer, %d reads of the end state%n"
              .formatted(done.get(), millis, failed.get(), found));
      assertThat(done.get()).isEqualTo(OPERATIONS / CLIENTS * CLIENTS);
      assertThat(failed.get()).isLessThan(Math.max(OPERATIONS / 20, 2 * CLIENTS));
    } finally {
      clients.shutdownNow();
    }
  }

  /** Writes, reads and deletes keys of its own, so that it knows what each of them may hold. */
  private final class Client implements Runnable {
    private final S3Client s3;
    private final int number;
    private final Random random;

    /** What a key may hold: one value, or after writes without an answer several. */
    private final Map<String, Set<String>> possible = new HashMap<>();

    Client(S3Client s3, int number) {
      this.s3 = s3;
      this.number = number;
      this.random = new Random(number);
    }

    @Override
    public void run() {
      for (int i = 0; i < OPERATIONS / CLIENTS; i++) {
        String key = "c" + number + "/k" + random.nextInt(KEYS);
        int kind = random.nextInt(10);
        if (kind < 6) {
          read(s3, key);
        } else {
          write(key, kind < 9 ? "v" + i + "-" + "x".repeat(random.nextInt(20_000)) : ABSENT);
        }
        done.incrementAndGet();
      }
    }

    private void write(String key, String value) {
      try {
        if (value.equals(ABSENT)) {
          s3.deleteObject(r -> r.bucket(BUCKET).key(key));
        } else {
          s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(value));
        }
        possible.put(key, new HashSet<>(Set.of(value)));
      } catch (SdkException unanswered) {
        failed.incrementAndGet();
        possible.computeIfAbsent(key, k -> new HashSet<>(Set.of(ABSENT))).add(value);
      }
    }

    private void read(S3Client from, String key) {
      String value;
      try {
        value = from.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asUtf8String();
      } catch (NoSuchKeyException e) {
        value = ABSENT;
      } catch (SdkException unanswered) {
        failed.incrementAndGet();
        return;
      }
      assertThat(possible.getOrDefault(key, Set.of(ABSENT))).as(key).contains(value);
    }

    /** Reads all keys; how many. */
    int check(S3Client from) {
      int before = failed.get();
      possible.keySet().forEach(key -> read(from, key));
      assertThat(failed.get()).as("reads of the end state that failed").isEqualTo(before);
      return possible.size();
    }
  }
}
