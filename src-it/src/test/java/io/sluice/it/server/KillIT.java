package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Kills the process at random points under a mixed load, over and over on the same data: every
 * acknowledged write is there byte for byte, and none that was not is half there. {@code
 * -Dkill.rounds=200} for a night, {@code -Dkill.seed} to see a run again.
 */
class KillIT {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 20);
  private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
  private static final int WRITERS = 6;
  private static final int MIN_LOAD_MILLIS = 150;
  private static final int MORE_LOAD_MILLIS = 900;

  @TempDir Path directory;

  private final List<KillWriter> writers = new ArrayList<>();
  private final Random random = new Random(SEED);

  @Test
  void nothingAcknowledgedIsLostAndNothingIsTorn(TestReporter reporter) throws Exception {
    reporter.publishEntry("kill.seed", Long.toString(SEED));
    ServerSettings settings = ServerSettings.write(directory);
    try (Gateway gateway = RunnerServer.start(directory, settings);
        S3Client s3 = SdkClients.sync(gateway, Account.TESTER)) {
      s3.createBucket(r -> r.bucket(KillWriter.BUCKET));
      for (int number = 0; number < WRITERS; number++) {
        writers.add(new KillWriter(number, SEED));
      }
    }
    for (int round = 1; round <= ROUNDS; round++) {
      loadAndKill(settings);
      assertThat(problems(settings)).as("round %d, seed %d", round, SEED).isEmpty();
    }
    loadAndKill(settings);
    loseTheEndOfTheLog(settings.data().resolve("index"));
    assertThat(problems(settings)).as("the test notices a log that was not synced").isNotEmpty();
  }

  private void loadAndKill(ServerSettings settings) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    try (Gateway gateway = RunnerServer.start(directory, settings)) {
      List<Future<?>> running = new ArrayList<>();
      for (KillWriter writer : writers) {
        running.add(pool.submit(() -> writer.write(gateway)));
      }
      Thread.sleep(MIN_LOAD_MILLIS + random.nextInt(MORE_LOAD_MILLIS));
      gateway.process().kill();
      for (Future<?> writer : running) {
        writer.get(30, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private List<String> problems(ServerSettings settings) throws Exception {
    List<String> problems = new ArrayList<>();
    try (Gateway gateway = RunnerServer.start(directory, settings);
        S3Client s3 = SdkClients.sync(gateway, Account.TESTER)) {
      for (KillWriter writer : writers) {
        problems.addAll(writer.verify(s3));
      }
    }
    return problems;
  }

  /** What a lost sync would do: the newest log of the index ends early. */
  private static void loseTheEndOfTheLog(Path index) throws IOException {
    try (Stream<Path> files = Files.list(index)) {
      Path log =
          files
              .filter(file -> file.getFileName().toString().endsWith(".log"))
              .filter(file -> file.toFile().length() > 0)
              .max(Comparator.comparing(Path::getFileName))
              .orElseThrow();
      try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() / 3);
      }
    }
  }
}
