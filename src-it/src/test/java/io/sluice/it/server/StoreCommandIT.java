package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Artefact;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.ServerProcess;
import io.sluice.it.harness.ServerSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice store} over the data of a gateway that has run. */
class StoreCommandIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int SIZE = 300_000;

  @TempDir Path directory;

  private ServerSettings settings;
  private Account made = Account.TESTER;
  private final byte[] body = new byte[SIZE];

  /** How a command ended, and what it said. */
  private record Outcome(int exit, String output) {}

  @BeforeEach
  void fill() throws Exception {
    new Random(1).nextBytes(body);
    settings = ServerSettings.write(directory);
    try (Gateway gateway = RunnerServer.start(directory, settings)) {
      put(gateway, "/kept", new byte[0]);
      put(gateway, "/kept/large", body);
      put(gateway, "/kept/small", new byte[100]);
      made = key(gateway);
    }
  }

  /** A key of an account that is made while the gateway runs. */
  private static Account key(Gateway gateway) throws IOException {
    Gateway root = new Gateway(gateway.name(), gateway.root(), gateway.process());
    String accounts = "/-/admin/v1/accounts";
    assertThat(
            RawRequest.of(root, "POST", accounts)
                .body("{\"displayName\":\"made\",\"id\":\"000000000001\"}")
                .send()
                .status())
        .isEqualTo(200);
    String key = RawRequest.of(root, "POST", accounts + "/000000000001/keys").send().text();
    return new Account(
        key.replaceAll("(?s).*\"accessKeyId\":\"([^\"]+)\".*", "$1"),
        key.replaceAll("(?s).*\"secretAccessKey\":\"([^\"]+)\".*", "$1"));
  }

  private static void put(Gateway gateway, String path, byte[] bytes) throws IOException {
    assertThat(RawRequest.of(gateway, "PUT", path).body(bytes).send().status()).isEqualTo(200);
  }

  private Outcome store(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(ServerProcess.java(), "-jar", Artefact.jar().toString(), "store"));
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(directory, "store-", ".log");
    try (ServerProcess process = ServerProcess.start(command, directory, log)) {
      int exit = process.awaitExit(LIMIT);
      return new Outcome(exit, process.log());
    }
  }

  private Outcome check(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("check", "--data", settings.data().toString()));
    arguments.addAll(List.of(more));
    return store(arguments.toArray(String[]::new));
  }

  private Path blob() throws IOException {
    try (Stream<Path> files = Files.walk(settings.data().resolve("blobs"))) {
      List<Path> blobs = files.filter(Files::isRegularFile).toList();
      assertThat(blobs).hasSize(1);
      return blobs.get(0);
    }
  }

  @Test
  void aGoodStoreIsClean() throws Exception {
    Outcome outcome = check();
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("2 versions", "1 blobs", "clean");
  }

  @Test
  void aFlippedByteNamesTheObjectAndIsNotServed() throws Exception {
    try (FileChannel channel = FileChannel.open(blob(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) ~body[1000]}), 1000);
    }
    Outcome outcome = check();
    assertThat(outcome.exit()).as(outcome.output()).isEqualTo(1);
    assertThat(outcome.output()).contains("DAMAGED kept/large ", "block 0", "1 findings");

    try (Gateway gateway = RunnerServer.start(directory, settings)) {
      RawResponse answer = RawRequest.of(gateway, "GET", "/kept/large").send();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text()).contains("<Code>InternalError</Code>");
      assertThat(RawRequest.of(gateway, "GET", "/kept/small").send().status()).isEqualTo(200);
    }
  }

  @Test
  void theScrubberFindsDamageInARunningGateway() throws Exception {
    try (FileChannel channel = FileChannel.open(blob(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) ~body[SIZE - 1]}), SIZE - 1);
    }
    ServerSettings scrubbing =
        ServerSettings.write(directory, "store.scrub-interval=PT0.1S", "store.scrub-rate=100MiB");
    try (Gateway gateway = RunnerServer.start(directory, scrubbing)) {
      assertThat(gateway.process().awaitLine("DAMAGED kept/large")).contains("ERROR", "block 2");
      // Not even the good blocks in front: the client is told before it has taken half.
      RawResponse answer = RawRequest.of(gateway, "GET", "/kept/large").send();
      assertThat(answer.status()).isEqualTo(500);
    }
  }

  @Test
  void aDeletedBlobNamesTheObject() throws Exception {
    Files.delete(blob());
    Outcome outcome = check();
    assertThat(outcome.exit()).as(outcome.output()).isEqualTo(1);
    assertThat(outcome.output()).contains("MISSING kept/large ");
  }

  @Test
  void anOrphanIsReportedAndThenDeleted() throws Exception {
    Path orphan = blob().resolveSibling("0fff");
    Files.writeString(orphan, "left");
    assertThat(check().output()).contains("ORPHAN blobs/", "0fff", "1 findings");
    assertThat(orphan).exists();
    assertThat(check("--repair-orphans").exit()).isEqualTo(1);
    assertThat(orphan).doesNotExist();
    assertThat(check().exit()).isZero();
  }

  @Test
  void whatCannotBeCheckedIsSaidInOneLine() throws Exception {
    Outcome nothing = store("check", "--data", directory.resolve("typo").toString());
    assertThat(nothing.exit()).as(nothing.output()).isEqualTo(2);
    assertThat(nothing.output().strip().lines()).hasSize(1);
    assertThat(nothing.output()).contains("typo is no data directory");
    assertThat(directory.resolve("typo")).doesNotExist();

    try (Gateway gateway = RunnerServer.start(directory, settings)) {
      Outcome busy = check();
      assertThat(busy.exit()).as(busy.output()).isEqualTo(2);
      assertThat(busy.output().strip().lines()).hasSize(1);
      assertThat(busy.output()).contains("in use by another process: stop that first");
      assertThat(gateway.process().alive()).isTrue();
    }
  }

  @Test
  void aSnapshotIsADataDirectory() throws Exception {
    Path copy = directory.resolve("copy");
    Outcome outcome = store("snapshot", "--config", settings.config().toString(), copy.toString());
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("1 blobs", SIZE + " bytes");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(copy.resolve("credentials"))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("accounts"))))
        .isEqualTo("rw-------");
    Files.delete(blob());

    ServerSettings restored =
        new ServerSettings(copy, copy.resolve("credentials"), directory.resolve("restored"));
    Files.writeString(restored.config(), "data=" + copy + "\n");
    try (Gateway gateway = RunnerServer.start(directory, restored)) {
      assertThat(RawRequest.of(gateway, "GET", "/kept/large").send().body()).isEqualTo(body);
      assertThat(RawRequest.of(gateway, "GET", "/").as(made).send().status()).isEqualTo(200);
    }
    assertThat(store("check", "--data", copy.toString()).exit()).isZero();
    assertThat(store("snapshot", "--data", copy.toString(), copy.toString()).exit()).isEqualTo(2);
  }
}
