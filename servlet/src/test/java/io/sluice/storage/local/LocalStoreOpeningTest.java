package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.storage.Storage;
import io.sluice.storage.StorageProvider;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreOpeningTest {
  @TempDir private Path directory;

  private Storage open() throws IOException {
    return LocalFixture.open(directory, 1);
  }

  @Test
  void theProviderIsFoundByName() {
    assertThat(ServiceLoader.load(StorageProvider.class))
        .anyMatch(provider -> provider.name().equals("local"));
  }

  @Test
  void aSecondOpeningIsRefusedInOneLine() throws IOException {
    try (Storage first = open()) {
      assertThat(first.capabilities()).isNotEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("another copy of the web application")
          .hasMessageNotContaining("\n");
    }
    open().close();
  }

  @Test
  void theLockIsGivenBackWhenOpeningFails() throws IOException {
    open().close();
    Path format = directory.resolve("FORMAT");
    String good = Files.readString(format);
    Files.writeString(format, "sluice-local 2\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has format 2")
        .hasMessageContaining("reads 1");
    Files.writeString(format, "sluice-local 0\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has format 0")
        .hasMessageContaining("no upgrade")
        .hasMessageNotContaining("\n");
    Files.writeString(format, "something else");
    assertThatThrownBy(this::open).hasMessageContaining("does not name a format");
    Files.writeString(format, good);
    open().close();
  }

  @Test
  void anIndexWithoutAFormatIsNotTakenForEmpty() throws IOException {
    open().close();
    Files.delete(directory.resolve("FORMAT"));
    assertThatThrownBy(this::open).hasMessageContaining("no FORMAT file");
  }

  @Test
  void aMistypedDirectoryIsNotMadeWhenItHasToBeThere() {
    Path mistyped = directory.resolve("typo");
    assertThatThrownBy(() -> LocalFixture.open(mistyped, Map.of("create", "false")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(mistyped.toString())
        .hasMessageContaining("no data directory");
    assertThat(mistyped).doesNotExist();
  }

  @Test
  void aDirectoryHeldByAnotherProcessIsRefused() throws Exception {
    Process other = LocalFixture.child(HoldLock.class, directory.toString());
    try {
      assertThat(other.getInputStream().read()).isEqualTo('L');
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by another process");
    } finally {
      other.destroyForcibly().waitFor();
    }
    open().close();
  }

  /** Another process that holds the lock. */
  static final class HoldLock {
    private HoldLock() {}

    public static void main(String[] arguments) throws Exception {
      Path lock = Path.of(arguments[0], "LOCK");
      try (FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        LocalFixture.say("L");
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void badSettingsAreNamed() {
    assertBad(Map.of(), "data");
    assertBad(Map.of("data", "x", "durability", "none"), "durability");
    assertBad(Map.of("data", "x", "inline-threshold", "131073"), "inline-threshold");
    assertBad(Map.of("data", "x", "inline-threshold", "many"), "inline-threshold");
    assertBad(Map.of("data", "x", "verify-reads", "maybe"), "verify-reads");
    assertBad(Map.of("data", "x", "create", "perhaps"), "create");
    assertBad(Map.of("data", "x", "inline-treshold", "1"), "inline-treshold");
  }

  private static void assertBad(Map<String, String> settings, String name) {
    assertThatThrownBy(() -> new LocalStorageProvider().open(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void aClosedStoreThrowsInsteadOfCrashing() throws IOException {
    Storage storage = open();
    storage.close();
    storage.close();
    assertThatThrownBy(
            () ->
                storage
                    .buckets()
                    .create(
                        new io.sluice.model.BucketInfo(
                            new io.sluice.model.BucketName("abc"),
                            java.time.Instant.EPOCH,
                            "",
                            "",
                            io.sluice.model.Versioning.UNVERSIONED,
                            "")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
  }
}
