package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.ObjectInfo;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.maintenance.Finding;
import io.sluice.storage.maintenance.Maintenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a store that is in use. */
class LocalSnapshotTest extends ContractFixture {
  private static final int KEYS = 6;

  @TempDir private Path root;

  @Override
  protected Storage open() throws IOException {
    return open(root.resolve("data"));
  }

  private static Storage open(Path data) throws IOException {
    return LocalFixture.open(data, Map.of("scrub-rate", "0"));
  }

  private Maintenance care() {
    return storage.maintenance().orElseThrow();
  }

  /** A body that tells its own step, so that a mixture of two is noticed. */
  private static byte[] body(int step) {
    byte[] body = new byte[step % 3 == 0 ? 1_000 : 200_000];
    Arrays.fill(body, (byte) step);
    body[0] = (byte) (step >>> 8);
    return body;
  }

  @Test
  void aCopyTakenWhileWritesGoOnIsWhole() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger steps = new AtomicInteger();
    List<Throwable> faults = java.util.Collections.synchronizedList(new ArrayList<>());
    Thread writer =
        new Thread(
            () -> {
              try {
                while (!stop.get()) {
                  int step = steps.incrementAndGet();
                  put("k" + step % KEYS, body(step));
                  if (step % 7 == 0) {
                    delete("k" + (step + 1) % KEYS);
                  }
                }
              } catch (IOException | RuntimeException e) {
                faults.add(e);
              }
            });
    writer.start();
    List<Path> copies = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        int before = steps.get();
        while (steps.get() < before + 20 && faults.isEmpty()) {
          Thread.sleep(5);
        }
        Path copy = root.resolve("copy" + i);
        assertThat(care().snapshot(copy).missing()).isZero();
        copies.add(copy);
      }
    } finally {
      stop.set(true);
      writer.join();
    }
    assertThat(faults).isEmpty();
    // What the original does afterwards is nothing to the copies.
    for (int i = 0; i < KEYS; i++) {
      delete("k" + i);
    }
    LocalFixture.awaitBlobs(root.resolve("data"), 0);
    for (Path copy : copies) {
      assertWhole(copy);
    }
  }

  private void assertWhole(Path copy) throws Exception {
    try (Storage opened = open(copy)) {
      List<Finding> findings = new ArrayList<>();
      opened.maintenance().orElseThrow().check(Maintenance.Orphans.REPORT, findings::add);
      assertThat(findings).isEmpty();
      List<ObjectInfo> objects =
          opened
              .objects()
              .list(bucket, new io.sluice.model.ListQuery("", null, null, 1000))
              .objects();
      assertThat(objects).isNotEmpty();
      for (ObjectInfo object : objects) {
        Collected collected = new Collected();
        try (var content = opened.objects().get(ref(object.key().value()), ReadOptions.ALL)) {
          content.transferTo(collected);
        }
        byte[] bytes = collected.toBytes();
        assertThat(bytes).hasSize((int) object.sizeBytes());
        for (int i = 2; i < bytes.length; i++) {
          if (bytes[i] != bytes[1]) {
            throw new AssertionError(object.key() + " differs at " + i);
          }
        }
      }
      // It is a store like any other.
      opened.objects().put(ref("new"), write(), io.sluice.storage.memory.BytesPayload.of("x"));
    }
  }

  @Test
  void theBlobsAreLinkedAndOnlyThoseOfTheCopy() throws Exception {
    put("k", random(LARGE, 1));
    put("gone", random(LARGE, 2));
    delete("gone");
    Path copy = Files.createDirectory(root.resolve("copy"));
    Maintenance.Copied copied = care().snapshot(copy);

    assertThat(copied).isEqualTo(new Maintenance.Copied(1, LARGE, 0));
    assertThat(LocalFixture.blobs(copy)).hasSize(1);
    Path link = LocalFixture.blobs(copy).get(0);
    Path file = root.resolve("data").resolve(copy.relativize(link));
    assertThat(Files.getAttribute(link, "unix:ino"))
        .isEqualTo(Files.getAttribute(file, "unix:ino"));
  }

  @Test
  void aLostBlobIsCountedAndTheRestCopied() throws Exception {
    put("k", random(LARGE, 1));
    put("l", random(LARGE, 2));
    Files.delete(LocalFixture.blobs(root.resolve("data")).get(0));
    assertThat(care().snapshot(root.resolve("copy")))
        .isEqualTo(new Maintenance.Copied(1, LARGE, 1));
  }

  @Test
  void badTargetsAreRefusedAndLeftAsTheyWere() throws Exception {
    Path used = Files.createDirectory(root.resolve("used"));
    Files.writeString(used.resolve("f"), "mine");
    assertRefused(used, "not an empty directory");
    assertThat(used.resolve("f")).hasContent("mine");
    assertRefused(root.resolve("data/copy"), "in it or around it");
    assertRefused(root, "in it or around it");
    assertRefused(root.resolve("no/such"), "does not exist");
    Files.createDirectory(root.resolve("copy.unfinished"));
    assertRefused(root.resolve("copy"), "cut off");
    assertThat(root.resolve("copy")).doesNotExist();
  }

  private void assertRefused(Path target, String reason) {
    assertThatThrownBy(() -> care().snapshot(target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
  }

  @Test
  void anotherFileSystemIsRefusedInOneLine() throws Exception {
    Path memory = Path.of("/dev/shm");
    Assumptions.assumeTrue(
        Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(root)));
    Path target = Files.createTempDirectory(memory, "sluice-");
    try {
      assertRefused(target, "another file system");
    } finally {
      Files.delete(target);
    }
  }
}
