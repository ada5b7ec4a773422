package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk is an error that says so, reads go on, and writes come back by themselves. */
class DiskFullIT {
  private static final int BLOB_BYTES = 1 << 20;
  private static final int INLINE_BYTES = 20_000;
  private static final int MAX_PUTS = 20_000;
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;

  private final Random random = new Random(1);

  @Test
  void writesComeBackOnceThereIsRoom() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeThat(mount("-t", "tmpfs", "-o", "size=160m", "tmpfs", disk.toString()))
        .as("may mount a small disk")
        .isTrue();
    try {
      fillAndMakeRoom(disk);
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private void fillAndMakeRoom(Path disk) throws Exception {
    ServerSettings settings =
        ServerSettings.write(disk, "store.free-space-floor = 0", "store.scrub-rate = 0");
    try (Gateway gateway = RunnerServer.start(directory, settings, "-Xmx128m")) {
      assertThat(RawRequest.of(gateway, "PUT", "/full").send().status()).isEqualTo(200);
      byte[] kept = bytes(BLOB_BYTES);
      assertThat(put(gateway, "kept", kept).status()).isEqualTo(200);
      fill(gateway, "blob", BLOB_BYTES);
      fill(gateway, "inline", INLINE_BYTES);

      assertThat(put(gateway, "kept", bytes(4 * BLOB_BYTES)).status()).isEqualTo(507);
      assertThat(get(gateway, "kept").body()).isEqualTo(kept);
      assertThat(get(gateway, "inline-0").body()).hasSize(INLINE_BYTES);

      assertThat(mount("-o", "remount,size=400m", disk.toString())).isTrue();
      awaitRoom(gateway);
      assertThat(put(gateway, "kept", bytes(10)).status()).isEqualTo(200);
      assertThat(get(gateway, "inline-0").body()).hasSize(INLINE_BYTES);
    }
  }

  private void fill(Gateway gateway, String name, int size) throws IOException {
    for (int number = 0; number < MAX_PUTS; number++) {
      RawResponse answer = put(gateway, name + "-" + number, bytes(size));
      if (answer.status() != 200) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(507);
        assertThat(answer.errorCode()).isEqualTo("StorageFull");
        return;
      }
    }
    throw new AssertionError("the disk did not fill");
  }

  private void awaitRoom(Gateway gateway) throws Exception {
    long limit = System.nanoTime() + RECOVERY_LIMIT.toNanos();
    while (put(gateway, "after", bytes(INLINE_BYTES)).status() != 200) {
      assertThat(System.nanoTime()).as("writes come back in time").isLessThan(limit);
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static RawResponse put(Gateway gateway, String key, byte[] body) throws IOException {
    return RawRequest.of(gateway, "PUT", "/full/" + key).body(body).send();
  }

  private static RawResponse get(Gateway gateway, String key) throws IOException {
    return RawRequest.of(gateway, "GET", "/full/" + key).send();
  }

  private static boolean mount(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "mount";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return run(command);
  }

  /** Whether a command ran and succeeded; a system without it has not. */
  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
