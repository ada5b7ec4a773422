package io.sluice.it.bench;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The cache of a provider beside what it stands before, two servers of 256 MiB of heap on one
 * machine: a herd of cold readers, cold reads one by one against the SDK that asks the remote
 * itself, and warm reads against a bucket of the gateway's own. How to run it is in
 * docs/PERFORMANCE.md.
 */
public final class CacheBenchmark {
  private static final PrintStream OUT = System.out;
  private static final String BUCKET = "cold";
  private static final String AWAY = "away";
  private static final int MEGABYTES_PER_SECOND = Integer.getInteger("bench.line", 125);
  private static final String OWN = "own";
  private static final int MEBIBYTE = 1 << 20;
  private static final int SIZE = Integer.getInteger("bench.mebibytes", 1024) * MEBIBYTE;
  private static final int READERS = Integer.getInteger("bench.readers", 64);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
  private static final long SECONDS = Long.getLong("bench.seconds", 3);
  private static final String CASES = System.getProperty("bench.cases", "herd,cold,warm");
  private static final double NANOS_PER_MILLI = 1e6;

  private final Gateway far;
  private final Line line;
  private final Gateway near;

  private CacheBenchmark(Path directory) throws IOException {
    Path behind = Files.createDirectories(directory.resolve("far"));
    far = RunnerServer.start(behind, ServerSettings.write(behind), "-Xmx256m");
    line = new Line(far.endpoint(), MEGABYTES_PER_SECOND);
    Path before = Files.createDirectories(directory.resolve("near"));
    near =
        RunnerServer.start(
            before,
            ServerSettings.write(
                before,
                "provider.far.endpoint=" + far.endpoint(),
                "provider.far.access-key=" + Account.TESTER.accessKey(),
                "provider.far.secret-key=" + Account.TESTER.secretKey(),
                "provider.far.buckets=" + BUCKET,
                "provider.far.cache.capacity=40GiB",
                "provider.away.endpoint=" + line.endpoint(),
                "provider.away.access-key=" + Account.TESTER.accessKey(),
                "provider.away.secret-key=" + Account.TESTER.secretKey(),
                "provider.away.buckets=" + AWAY,
                "provider.away.cache.capacity=40GiB"),
            "-Xmx256m");
  }

  /** Runs it and prints what it found. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "cache-");
    CacheBenchmark benchmark = new CacheBenchmark(directory);
    try (S3Client there = SdkClients.sync(benchmark.far);
        S3Client here = SdkClients.sync(benchmark.near)) {
      there.createBucket(r -> r.bucket(BUCKET));
      there.createBucket(r -> r.bucket(AWAY));
      here.createBucket(r -> r.bucket(OWN));
      for (String name : CASES.split(",")) {
        switch (name) {
          case "herd" -> benchmark.herd(there);
          case "cold" -> {
            benchmark.cold("loopback", BUCKET, there, here);
            Gateway far = new Gateway("line", benchmark.line.endpoint(), benchmark.far.process());
            try (S3Client away = SdkClients.sync(far)) {
              benchmark.cold(MEGABYTES_PER_SECOND + " MB/s", AWAY, away, here);
            }
          }
          default -> benchmark.warm(there, here);
        }
      }
    } finally {
      benchmark.near.close();
      benchmark.line.close();
      benchmark.far.close();
      Remains.delete(directory);
    }
  }

  private static void put(S3Client client, String bucket, String key, int size) {
    client.putObject(
        r -> r.bucket(bucket).key(key),
        RequestBody.fromContentProvider(() -> new NoiseStream(size), size, "binary/octet-stream"));
  }

  private void herd(S3Client there) throws Exception {
    for (int size : new int[] {16 * MEBIBYTE, SIZE}) {
      List<Double> medians = new ArrayList<>();
      List<Double> lasts = new ArrayList<>();
      for (int round = 0; round < (size == SIZE ? 1 : ROUNDS); round++) {
        String key = "/" + BUCKET + "/herd-" + size + "-" + round;
        put(there, BUCKET, key.substring(BUCKET.length() + 2), size);
        Herd direct = Herd.run(far, key, READERS);
        long before = Remains.reads(far);
        Herd cold = Herd.run(near, key, READERS);
        OUT.printf(
            "herd of %d, %d MiB: %d remote read(s); %d of %d with the right bytes; first byte ms"
                + " direct %s cold %s; all after s direct %.1f cold %.1f%n",
            READERS,
            size / MEBIBYTE,
            Remains.reads(far) - before,
            cold.equalTo(NoiseStream.crc(size)),
            READERS,
            direct.firsts(),
            cold.firsts(),
            direct.seconds(),
            cold.seconds());
        medians.add(cold.firstNanos(0.5) / (double) direct.firstNanos(0.5));
        lasts.add(cold.firstNanos(1) / (double) direct.firstNanos(1));
      }
      OUT.printf(
          "herd, %d MiB: first byte cold to direct, median %.2f, last %.2f; most memory %d MiB%n",
          size / MEBIBYTE,
          middle(medians),
          middle(lasts),
          Remains.peakMebibytes(near.process().pid()));
    }
  }

  private static double middle(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** What one whole read by the SDK took. */
  private record Reading(double firstMillis, double millis, double cpuMillis) {}

  private Reading read(S3Client client, String bucket, String key) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long cpu = ProcessCpu.nanos(near.process().pid());
    long begin = System.nanoTime();
    try (InputStream in = client.getObject(r -> r.bucket(bucket).key(key))) {
      int read = in.read(buffer);
      long first = System.nanoTime() - begin;
      while (read >= 0) {
        read = in.read(buffer);
      }
      long all = System.nanoTime() - begin;
      return new Reading(
          first / NANOS_PER_MILLI,
          all / NANOS_PER_MILLI,
          (ProcessCpu.nanos(near.process().pid()) - cpu) / NANOS_PER_MILLI);
    }
  }

  private void cold(String way, String bucket, S3Client there, S3Client here) throws Exception {
    List<Reading> direct = new ArrayList<>();
    List<Reading> cold = new ArrayList<>();
    for (int round = 0; round < ROUNDS + 2; round++) {
      String key = "one-" + round;
      put(there, bucket, key, SIZE);
      read(there, bucket, key);
      Reading before = read(there, bucket, key);
      Reading through = read(here, bucket, key);
      Remains.awaitNoFill(near);
      Reading after = read(there, bucket, key);
      there.deleteObject(r -> r.bucket(bucket).key(key));
      if (round > 1) { // the first ones warm the machines
        direct.add(before.millis() < after.millis() ? before : after);
        cold.add(through);
      }
    }
    ToDoubleFunction<List<Reading>> time =
        all -> middle(all.stream().map(Reading::millis).toList());
    OUT.printf(
        "cold, %s, %d MiB: direct %.0f MB/s, through the cache %.0f MB/s, ratio %.2f; first byte ms"
            + " direct %.1f cold %.1f; gateway's CPU ms %.0f%n",
        way,
        SIZE / MEBIBYTE,
        SIZE / 1e3 / time.applyAsDouble(direct),
        SIZE / 1e3 / time.applyAsDouble(cold),
        time.applyAsDouble(direct) / time.applyAsDouble(cold),
        middle(direct.stream().map(Reading::firstMillis).toList()),
        middle(cold.stream().map(Reading::firstMillis).toList()),
        middle(cold.stream().map(Reading::cpuMillis).toList()));
  }

  private void warm(S3Client there, S3Client here) throws Exception {
    Contestant contestant = new Contestant("near", near, Contestant.Kind.SLUICE);
    for (int size : new int[] {4096, MEBIBYTE, 64 * MEBIBYTE}) {
      String key = "warm-" + size;
      put(there, BUCKET, key, size);
      put(here, OWN, key, size);
      here.getObjectAsBytes(r -> r.bucket(BUCKET).key(key));
      Remains.awaitNoFill(near);
      int connections = size > MEBIBYTE ? 4 : 16;
      List<List<Measurement>> runs = List.of(new ArrayList<>(), new ArrayList<>());
      for (int round = 0; round < ROUNDS + 2; round++) {
        for (String bucket : List.of(OWN, BUCKET)) {
          byte[] head = contestant.head("GET", "/" + bucket + "/" + key, 0);
          Measurement one =
              new Load(contestant, List.of(head), new byte[0], connections)
                  .run(new Load.Limit(TimeUnit.SECONDS.toNanos(SECONDS), false));
          if (round > 1) {
            runs.get(bucket.equals(OWN) ? 0 : 1).add(one);
          }
        }
      }
      double[] rates = runs.stream().mapToDouble(all -> rate(all)).toArray();
      double[] cpu = runs.stream().mapToDouble(a -> Measurement.median(a).cpuMicros()).toArray();
      OUT.printf(
          "warm, %d bytes: own bucket %.0f/s %.0f us of CPU, cached %.0f/s %.0f us; rate %.2f,"
              + " CPU %.2f%n",
          size, rates[0], cpu[0], rates[1], cpu[1], rates[1] / rates[0], cpu[1] / cpu[0]);
    }
  }

  private static double rate(List<Measurement> runs) {
    double[] sorted = runs.stream().mapToDouble(Measurement::perSecond).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
