package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadRef;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.Rows;
import io.sluice.storage.maintenance.Finding;
import io.sluice.storage.maintenance.Maintenance;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.option.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check of a store finds, and what it does not. */
class LocalCheckTest extends ContractFixture {
  private static final CopyOptions PLAIN =
      new CopyOptions(
          Preconditions.NONE, null, Set.of(), Map.of(), Preconditions.NONE, OWNER, null);

  @TempDir private Path directory;

  @Override
  protected Storage open() throws IOException {
    return LocalFixture.open(
        directory, Map.of("min-part-size", Long.toString(MIN_PART_SIZE), "scrub-rate", "0"));
  }

  private void reopen() throws IOException {
    storage.close();
    storage = open();
  }

  private Maintenance care() {
    return storage.maintenance().orElseThrow();
  }

  private List<Finding> findings(Maintenance.Orphans orphans) throws Exception {
    List<Finding> findings = new ArrayList<>();
    Maintenance.Checked checked = care().check(orphans, findings::add);
    assertThat(checked.findings()).isEqualTo(findings.size());
    return findings;
  }

  private List<Finding> findings() throws Exception {
    return findings(Maintenance.Orphans.REPORT);
  }

  private void multipart(String key, long seed, boolean complete) throws IOException {
    String id =
        storage.uploads().create(ref(key), new UploadOptions(write(), null, null)).uploadId();
    UploadRef upload = upload(key, id);
    PartInfo one = storage.uploads().uploadPart(upload, 1, BytesPayload.of(random(LARGE, seed)));
    PartInfo two = storage.uploads().uploadPart(upload, 2, BytesPayload.of(random(100, seed)));
    if (complete) {
      storage
          .uploads()
          .complete(
              upload,
              new CompleteOptions(
                  List.of(
                      new CompleteOptions.CompletedPart(1, one.etag(), List.of()),
                      new CompleteOptions.CompletedPart(2, two.etag(), List.of())),
                  Preconditions.NONE,
                  null,
                  null));
    }
  }

  private void fill() throws IOException {
    put("empty", "");
    put("small", random(100, 1));
    put("large", random(LARGE, 2));
    multipart("parts", 3, true);
    multipart("under way", 4, false);
    storage.objects().copy(ref("large"), ref("copied"), PLAIN);
    storage.objects().copy(ref("parts"), ref("copied parts"), PLAIN);
    for (Versioning state : new Versioning[] {Versioning.ENABLED, Versioning.SUSPENDED}) {
      versioning(state);
      put("small", random(200, 5));
      put("large", random(LARGE, 6));
      put("other", random(LARGE, 7));
      delete("other");
      delete("empty");
    }
  }

  @Test
  void aStoreWithEverythingInItIsClean() throws Exception {
    fill();
    List<Finding> findings = new ArrayList<>();
    Maintenance.Checked checked = care().check(Maintenance.Orphans.REPORT, findings::add);

    assertThat(findings).isEmpty();
    assertThat(checked.findings()).isZero();
    assertThat(checked.parts()).isEqualTo(2);
    assertThat(checked.versions()).isGreaterThan(10);
    assertThat(checked.blobs()).isGreaterThanOrEqualTo(5);
    assertThat(checked.bytes()).isGreaterThan(5L * LARGE);
    reopen();
    assertThat(findings()).isEmpty();
  }

  static void flip(Path file, long at) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 0x40)).rewind();
      channel.write(one, at);
    }
  }

  private Path onlyBlob() throws IOException {
    assertThat(LocalFixture.blobs(directory)).hasSize(1);
    return LocalFixture.blobs(directory).get(0);
  }

  @Test
  void aFlippedByteNamesEveryObjectAndIsNotServed() throws Exception {
    put("k\n1", random(LARGE, 1));
    storage.objects().copy(ref("k\n1"), ref("k2"), PLAIN);
    flip(onlyBlob(), 200_000);

    assertThat(findings())
        .hasSize(2)
        .allMatch(finding -> finding.kind() == Finding.Kind.DAMAGED)
        .allMatch(finding -> finding.detail().contains("block 1 "))
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder(
            "contract/k\\u000a1 (version null)", "contract/k2 (version null)");
    Collected collected = new Collected();
    assertThatThrownBy(
            () ->
                storage
                    .objects()
                    .get(ref("k2"), io.sluice.storage.ReadOptions.ALL)
                    .transferTo(collected))
        .isInstanceOf(IOException.class)
        .hasMessage("Stored bytes are damaged");
    assertThat(collected.toBytes()).isEmpty();

    flip(onlyBlob(), 200_000);
    assertThat(findings()).isEmpty();
    assertThat(read(ref("k2"), io.sluice.storage.ReadOptions.ALL)).isEqualTo(random(LARGE, 1));
  }

  @Test
  void aShortenedAndADeletedFileAreFound() throws Exception {
    put("k", random(LARGE, 1));
    try (FileChannel channel = FileChannel.open(onlyBlob(), StandardOpenOption.WRITE)) {
      channel.truncate(1000);
    }
    assertThat(findings())
        .singleElement()
        .matches(finding -> finding.kind() == Finding.Kind.DAMAGED)
        .matches(finding -> finding.detail().contains("1000 bytes instead of " + LARGE));

    Files.delete(onlyBlob());
    assertThat(findings())
        .singleElement()
        .matches(finding -> finding.kind() == Finding.Kind.MISSING)
        .matches(finding -> finding.subject().equals("contract/k (version null)"));
  }

  @Test
  void anOrphanIsReportedAndDeletedOnDemandOnly() throws Exception {
    put("k", random(LARGE, 1));
    Path orphan = onlyBlob().resolveSibling("0fff");
    storage.close();
    Files.writeString(orphan, "left");
    storage = open();

    assertThat(findings())
        .singleElement()
        .matches(finding -> finding.kind() == Finding.Kind.ORPHAN)
        .matches(finding -> finding.subject().endsWith("/0fff"));
    assertThat(orphan).exists();
    assertThat(findings(Maintenance.Orphans.DELETE)).hasSize(1);
    assertThat(orphan).doesNotExist();
    assertThat(findings()).isEmpty();
    assertThat(read(ref("k"), io.sluice.storage.ReadOptions.ALL)).hasSize(LARGE);
  }

  /** Changes the index behind the store's back. */
  private void tamper(java.util.function.BiConsumer<IndexDatabase, IndexBatch> change)
      throws IOException {
    storage.close();
    try (IndexDatabase index =
        new IndexDatabase(directory.resolve("index"), 8 << 20, Durability.GROUP)) {
      IndexBatch batch = new IndexBatch();
      change.accept(index, batch);
      index.write(batch);
    }
    storage = open();
  }

  private static Rows.Row first(IndexDatabase index, Column column) {
    try {
      return index.page(column, new byte[0]).get(0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void assertTold(Finding.Kind kind, String subject, String detail) throws Exception {
    assertThat(findings())
        .anyMatch(
            finding ->
                finding.kind() == kind
                    && finding.subject().contains(subject)
                    && finding.detail().contains(detail));
  }

  @Test
  void aLostEdgeAndALostRecordAreFoundAndTheBytesSpared() throws Exception {
    put("k", random(LARGE, 1));
    tamper((index, batch) -> batch.delete(Column.BLOBS, first(index, Column.BLOBS).key()));
    assertThat(findings(Maintenance.Orphans.DELETE))
        .singleElement()
        .matches(finding -> finding.kind() == Finding.Kind.MISSING)
        .matches(finding -> finding.detail().contains("record"));
    assertThat(LocalFixture.blobs(directory)).hasSize(1);

    tamper(
        (index, batch) -> batch.delete(Column.REFERENCES, first(index, Column.REFERENCES).key()));
    assertTold(Finding.Kind.INCONSISTENT, "contract/k", "no reference");
  }

  @Test
  void edgesAndValuesWithoutOwnersAreFound() throws Exception {
    put("k", random(LARGE, 1));
    put("s", random(10, 1));
    tamper(
        (index, batch) -> {
          long blob = IndexKeys.lastLong(first(index, Column.BLOBS).key());
          batch.put(Column.REFERENCES, IndexKeys.reference(blob, 77), new byte[0]);
          batch.put(Column.INLINE, IndexKeys.id(Long.MIN_VALUE | 77), new byte[5]);
        });
    assertThat(findings())
        .hasSize(2)
        .allMatch(finding -> finding.kind() == Finding.Kind.INCONSISTENT)
        .allMatch(finding -> finding.detail().contains("without an owner"));

    tamper((index, batch) -> batch.delete(Column.INLINE, first(index, Column.INLINE).key()));
    assertTold(Finding.Kind.MISSING, "contract/s", "in the index are missing");
  }

  @Test
  void versionsThatDisagreeWithCurrentAreFound() throws Exception {
    versioning(Versioning.ENABLED);
    put("k", "1");
    put("k", "2");
    tamper((index, batch) -> batch.delete(Column.CURRENT, first(index, Column.CURRENT).key()));
    assertTold(Finding.Kind.INCONSISTENT, "contract/k", "current does not have it");
    // The value that the lost row owned.
    assertTold(Finding.Kind.INCONSISTENT, "inline value", "without an owner");
  }

  @Test
  void aLostPointerToTheNullVersionIsFound() throws Exception {
    put("k", "null");
    versioning(Versioning.ENABLED);
    put("k", "2");
    assertThat(findings()).isEmpty();
    tamper((index, batch) -> batch.delete(Column.NULLS, first(index, Column.NULLS).key()));
    assertTold(Finding.Kind.INCONSISTENT, "contract/k (version null)", "nulls");
  }

  @Test
  void aDamagedRecordIsNamed() throws Exception {
    put("k", "1");
    tamper(
        (index, batch) ->
            batch.put(Column.CURRENT, first(index, Column.CURRENT).key(), new byte[] {1, 2, 3}));
    assertTold(Finding.Kind.INCONSISTENT, "contract/k", "damaged");
  }

  @Test
  void aCheckWhileWritesGoOnFindsNothing() throws Exception {
    storage.close();
    // Fast, and several pages of rows, so that much changes in the middle of a walk.
    storage =
        LocalFixture.open(
            directory, Map.of("scrub-rate", "0", "durability", "relaxed", "min-part-size", "10"));
    for (int i = 0; i < 1_500; i++) {
      put("p" + i, random(10, i));
    }
    versioning(Versioning.ENABLED);
    AtomicBoolean stop = new AtomicBoolean();
    List<Throwable> faults = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < 3; writer++) {
      int number = writer;
      writers.add(new Thread(() -> write(stop, faults, number)));
    }
    writers.forEach(Thread::start);
    try {
      for (int i = 0; i < 10; i++) {
        assertThat(findings()).isEmpty();
      }
    } finally {
      stop.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
    }
    assertThat(faults).isEmpty();
    assertThat(findings()).isEmpty();
  }

  private void write(AtomicBoolean stop, List<Throwable> faults, int writer) {
    java.util.Random random = new java.util.Random(writer);
    try {
      while (!stop.get()) {
        String key = "p" + random.nextInt(1_500);
        switch (random.nextInt(6)) {
          case 0 -> delete(key);
          case 1 -> delete(key, "null");
          case 2 -> multipart("m" + writer, writer, true);
          case 3 -> put(key, random(40_000, writer));
          default -> put(key, random(20, writer));
        }
      }
    } catch (IOException | RuntimeException e) {
      faults.add(e);
    }
  }
}
