package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Artefact;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.ServerProcess;
import io.sluice.it.harness.ServerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * System calls of the store that fail: each is an error to whoever asked, reads go on, nothing that
 * was acknowledged is lost, and nothing that was refused appears.
 */
class FaultsIT {
  private static final int BLOB_BYTES = 300_000;
  private static final byte[] SMALL = new byte[1000];

  @TempDir Path directory;

  private final Random random = new Random(1);

  /** What is done while system calls fail. */
  private interface Action {
    void run() throws Exception;
  }

  private static void injecting(Gateway gateway, List<String> expressions, Action action)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("strace", "-f", "-o", "/dev/null"));
    command.addAll(expressions);
    command.addAll(List.of("-p", Long.toString(gateway.process().pid())));
    Process tracer = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      // It says "Process 1 attached" once it has all threads.
      byte[] said = new byte[1024];
      int count = tracer.getInputStream().read(said);
      assertThat(new String(said, 0, Math.max(0, count), StandardCharsets.UTF_8))
          .contains("attached");
      action.run();
    } finally {
      tracer.destroy();
      assertThat(tracer.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @BeforeEach
  void needsATracer() throws Exception {
    boolean there;
    try {
      Process probe =
          new ProcessBuilder("strace", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      there = probe.waitFor(20, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException absent) {
      assertThat(System.getenv("SLUICE_IT_REQUIRE_CLIENTS")).isNotEqualTo("true");
      there = false;
    }
    assumeThat(there).as("strace may trace here").isTrue();
  }

  private ServerSettings settings() throws IOException {
    return ServerSettings.write(directory, "store.scrub-rate = 0");
  }

  private Gateway start(ServerSettings settings) throws IOException {
    return RunnerServer.start(directory, settings, "-Xmx128m");
  }

  private byte[] blob() {
    byte[] bytes = new byte[BLOB_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  private static RawResponse put(Gateway gateway, String key, byte[] body) throws IOException {
    return RawRequest.of(gateway, "PUT", "/faulty/" + key).body(body).send();
  }

  private static RawResponse get(Gateway gateway, String key) throws IOException {
    return RawRequest.of(gateway, "GET", "/faulty/" + key).send();
  }

  private static void refused(RawResponse answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(500);
    assertThat(answer.errorCode()).isEqualTo("InternalError");
    assertThat(answer.text()).doesNotContain("/blobs/").doesNotContain("Exception");
  }

  /** A command that sees no setting of the environment in which the tests run. */
  private static ProcessBuilder command(String... words) {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
    return builder;
  }

  private void checkStore(ServerSettings settings) throws Exception {
    Process check =
        command(
                ServerProcess.java(),
                "-jar",
                Artefact.jar().toString(),
                "store",
                "check",
                "--config",
                settings.config().toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
  }

  @Test
  void aBlobThatCannotBeWrittenIsRefusedAndTheNextOneIsNot() throws Exception {
    ServerSettings settings = settings();
    byte[] kept = blob();
    try (Gateway gateway = start(settings)) {
      RawRequest.of(gateway, "PUT", "/faulty").send();
      assertThat(put(gateway, "kept", kept).status()).isEqualTo(200);
      injecting(
          gateway,
          List.of("-P", nextBlob(settings), "-e", "inject=write,pwrite64:error=EIO"),
          () -> {
            refused(put(gateway, "kept", blob()));
            assertThat(get(gateway, "kept").body()).isEqualTo(kept);
          });
      assertThat(put(gateway, "next", kept).status()).isEqualTo(200);
      assertThat(get(gateway, "kept").body()).isEqualTo(kept);
    }
    checkStore(settings);
  }

  /** Blobs get their names by counting. */
  private static String nextBlob(ServerSettings settings) throws IOException {
    try (Stream<Path> files = Files.walk(settings.data().resolve("blobs"))) {
      Path last = files.filter(Files::isRegularFile).max(Path::compareTo).orElseThrow();
      int number = HexFormat.fromHexDigits(last.getFileName().toString());
      return last.resolveSibling(HexFormat.of().toHexDigits(number + 1L, 4)).toString();
    }
  }

  @Test
  void aBlobOrDirectoryThatCannotBeSyncedIsRefused() throws Exception {
    ServerSettings settings = settings();
    byte[] kept = blob();
    try (Gateway gateway = start(settings)) {
      RawRequest.of(gateway, "PUT", "/faulty").send();
      assertThat(put(gateway, "kept", kept).status()).isEqualTo(200);
      injecting(
          gateway,
          List.of("-e", "inject=fsync:error=EIO"),
          () -> {
            refused(put(gateway, "kept", blob()));
            refused(put(gateway, "other", blob()));
            assertThat(get(gateway, "kept").body()).isEqualTo(kept);
          });
      assertThat(put(gateway, "next", kept).status()).isEqualTo(200);
      assertThat(get(gateway, "other").status()).isEqualTo(404);
    }
    checkStore(settings);
  }

  @Test
  void aLogThatCannotBeSyncedEndsWritesUntilARestart() throws Exception {
    ServerSettings settings = settings();
    byte[] kept = blob();
    try (Gateway gateway = start(settings)) {
      RawRequest.of(gateway, "PUT", "/faulty").send();
      assertThat(put(gateway, "kept", kept).status()).isEqualTo(200);
      assertThat(put(gateway, "small", SMALL).status()).isEqualTo(200);
      injecting(
          gateway,
          List.of("-e", "inject=fdatasync:error=EIO"),
          () -> {
            refused(put(gateway, "small", new byte[] {1}));
            assertThat(get(gateway, "kept").body()).isEqualTo(kept);
          });
      // What a failed sync left behind cannot be known, so that nothing is promised on top of it.
      refused(put(gateway, "after", SMALL));
      assertThat(get(gateway, "kept").body()).isEqualTo(kept);
      assertThat(get(gateway, "small").status()).isEqualTo(200);
    }
    try (Gateway gateway = start(settings)) {
      assertThat(get(gateway, "kept").body()).isEqualTo(kept);
      // The write that was refused may be there, whole: its fate was unknown; never half of it.
      assertThat(get(gateway, "small").body().length).isIn(1, SMALL.length);
      assertThat(put(gateway, "after", SMALL).status()).isEqualTo(200);
    }
    checkStore(settings);
  }

  @Test
  void aSnapshotThatCannotBeNamedIsNotThere() throws Exception {
    ServerSettings settings = settings();
    byte[] kept = blob();
    try (Gateway gateway = start(settings)) {
      RawRequest.of(gateway, "PUT", "/faulty").send();
      assertThat(put(gateway, "kept", kept).status()).isEqualTo(200);
    }
    Path copy = directory.resolve("copy");
    assertThat(snapshot(settings, copy, "inject=rename,renameat,renameat2:error=EIO")).isNotZero();
    assertThat(copy).doesNotExist();
    assertThat(snapshot(settings, copy, "trace=none")).isZero();
    assertThat(copy).isDirectory();
    try (Gateway gateway = start(settings)) {
      assertThat(get(gateway, "kept").body()).isEqualTo(kept);
    }
  }

  private static int snapshot(ServerSettings settings, Path copy, String expression)
      throws Exception {
    Process process =
        command(
                "strace",
                "-f",
                "-o",
                "/dev/null",
                "-e",
                expression,
                ServerProcess.java(),
                "-jar",
                Artefact.jar().toString(),
                "store",
                "snapshot",
                "--config",
                settings.config().toString(),
                copy.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
