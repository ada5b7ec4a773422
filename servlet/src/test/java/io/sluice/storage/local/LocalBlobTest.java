package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.ByteRange;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.ContentSink;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadRef;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.memory.BytesPayload;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to blob files. */
class LocalBlobTest extends ContractFixture {
  private static final CopyOptions PLAIN =
      new CopyOptions(
          Preconditions.NONE, null, Set.of(), Map.of(), Preconditions.NONE, OWNER, null);

  @TempDir private Path directory;
  @TempDir private Path other;

  @Override
  protected Storage open() throws IOException {
    return LocalFixture.open(directory, MIN_PART_SIZE);
  }

  private void reopen() throws IOException {
    storage.close();
    storage = open();
  }

  @Test
  void smallBodiesHaveNoFile() throws Exception {
    put("k", random(32_768, 1));
    assertThat(LocalFixture.blobs(directory)).isEmpty();
    put("l", random(32_769, 1));
    assertThat(LocalFixture.blobs(directory)).hasSize(1);
  }

  @Test
  void overwrittenAndDeletedBlobsAreFreed() throws Exception {
    put("k", random(LARGE, 1));
    put("k", random(LARGE, 2));
    LocalFixture.awaitBlobs(directory, 1);
    delete("k");
    LocalFixture.awaitBlobs(directory, 0);
  }

  @Test
  void aCopyAddsNoFileAndKeepsTheOne() throws Exception {
    put("k", random(LARGE, 1));
    for (int i = 0; i < 5; i++) {
      storage.objects().copy(ref("k"), ref("copy" + i), PLAIN);
    }
    assertThat(LocalFixture.blobs(directory)).hasSize(1);
    delete("k");
    for (int i = 1; i < 5; i++) {
      delete("copy" + i);
    }
    Thread.sleep(500);
    assertThat(read(ref("copy0"), ReadOptions.ALL)).isEqualTo(random(LARGE, 1));
    delete("copy0");
    LocalFixture.awaitBlobs(directory, 0);
  }

  @Test
  void whatAnAbortedUploadHeldIsFreed() throws Exception {
    String id =
        storage.uploads().create(ref("k"), new UploadOptions(write(), null, null)).uploadId();
    UploadRef upload = upload("k", id);
    storage.uploads().uploadPart(upload, 1, BytesPayload.of(random(LARGE, 1)));
    storage.uploads().uploadPart(upload, 1, BytesPayload.of(random(LARGE, 2)));
    storage.uploads().uploadPart(upload, 2, BytesPayload.of(random(LARGE, 3)));
    LocalFixture.awaitBlobs(directory, 2);
    storage.uploads().abort(upload);
    LocalFixture.awaitBlobs(directory, 0);
  }

  @Test
  void theBlobsOfPartsLiveAsLongAsAnObjectHasThem() throws Exception {
    int count = 120;
    String id =
        storage.uploads().create(ref("k"), new UploadOptions(write(), null, null)).uploadId();
    List<CompleteOptions.CompletedPart> listed = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      BytesPayload body = BytesPayload.of(random(33_000, number));
      PartInfo part = storage.uploads().uploadPart(upload("k", id), number, body);
      if (number % 2 == 0) {
        listed.add(new CompleteOptions.CompletedPart(number, part.etag(), List.of()));
      }
    }
    storage
        .uploads()
        .complete(upload("k", id), new CompleteOptions(listed, Preconditions.NONE, null, null));
    LocalFixture.awaitBlobs(directory, count / 2);
    storage.objects().copy(ref("k"), ref("copy"), PLAIN);
    storage.objects().copy(ref("copy"), ref("copy"), PLAIN);
    delete("k");
    Thread.sleep(500);
    assertThat(LocalFixture.blobs(directory)).hasSize(count / 2);
    ReadOptions fourth = new ReadOptions(null, 4, Preconditions.NONE);
    assertThat(read(ref("copy"), fourth)).isEqualTo(random(33_000, 4));
    delete("copy");
    LocalFixture.awaitBlobs(directory, 0);
  }

  @Test
  void garbageSurvivesARestart() throws Exception {
    put("k", random(LARGE, 1));
    put("kept", random(LARGE, 2));
    try (ObjectContent reader = storage.objects().get(ref("k"), ReadOptions.ALL)) {
      delete("k");
      Thread.sleep(500);
      assertThat(LocalFixture.blobs(directory)).hasSize(2);
      assertThat(reader.info().sizeBytes()).isEqualTo(LARGE);
      reopen();
    }
    LocalFixture.awaitBlobs(directory, 1);
    assertThat(read(ref("kept"), ReadOptions.ALL)).isEqualTo(random(LARGE, 2));
  }

  @Test
  void everythingSurvivesARestart() throws IOException {
    put("small", "x");
    put("large", random(LARGE, 1));
    storage.objects().putDocument(ref("small"), "acl", new byte[] {1});
    storage.buckets().putSetting(bucket, "cors", new byte[] {2});
    String id =
        storage.uploads().create(ref("k"), new UploadOptions(write(), null, null)).uploadId();
    storage.uploads().uploadPart(upload("k", id), 1, BytesPayload.of(random(LARGE, 3)));
    reopen();
    assertThat(text("small")).isEqualTo("x");
    assertThat(read(ref("large"), ReadOptions.ALL)).isEqualTo(random(LARGE, 1));
    assertThat(storage.objects().document(ref("small"), "acl")).hasValue(new byte[] {1});
    assertThat(storage.buckets().setting(bucket, "cors")).hasValue(new byte[] {2});
    assertThat(storage.uploads().listParts(upload("k", id), 0, 10)).hasSize(1);
  }

  @Test
  void aFileWithoutARecordIsRemovedAtOpening() throws Exception {
    put("k", random(LARGE, 1));
    Path blob = LocalFixture.blobs(directory).get(0);
    Path orphan = blob.resolveSibling("0fff");
    // What a crash leaves: the file is there, and nothing marked its directory as clean.
    Path copy = other.resolve("crashed");
    copyTree(directory, copy);
    Files.write(copy.resolve(directory.relativize(orphan)), new byte[10]);
    try (Storage crashed = LocalFixture.open(copy, MIN_PART_SIZE)) {
      assertThat(LocalFixture.blobs(copy)).hasSize(1);
      try (ObjectContent content = crashed.objects().get(ref("k"), ReadOptions.ALL)) {
        Collected collected = new Collected();
        content.transferTo(collected);
        assertThat(collected.toBytes()).isEqualTo(random(LARGE, 1));
      }
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  @Test
  void damageIsNeverServed() throws Exception {
    put("k", random(LARGE, 1));
    Path blob = LocalFixture.blobs(directory).get(0);
    try (FileChannel channel = FileChannel.open(blob, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) ~random(LARGE, 1)[200_000]}), 200_000);
    }
    Collected collected = new Collected();
    try (ObjectContent content = storage.objects().get(ref("k"), ReadOptions.ALL)) {
      assertThatThrownBy(() -> content.transferTo(collected))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged");
    }
    assertThat(collected.toBytes()).hasSize(131_072);
    ReadOptions before = new ReadOptions(new ByteRange.FromTo(100, 200), null, Preconditions.NONE);
    assertThat(read(ref("k"), before)).hasSize(101);
    ReadOptions nearby =
        new ReadOptions(new ByteRange.FromTo(140_000, 140_001), null, Preconditions.NONE);
    assertThatThrownBy(() -> read(ref("k"), nearby)).hasMessageContaining("damaged");
    Files.write(blob, random(1000, 1));
    assertThatThrownBy(() -> read(ref("k"), ReadOptions.ALL)).isInstanceOf(IOException.class);
    Files.delete(blob);
    assertThatThrownBy(() -> read(ref("k"), ReadOptions.ALL)).hasMessageContaining("missing");
  }

  @Test
  void aFileThatTheContainerSendsWaitsForItsEnd() throws Exception {
    put("k", random(LARGE, 1));
    TakingSink sink = new TakingSink();
    try (ObjectContent content = storage.objects().get(ref("k"), ReadOptions.ALL)) {
      content.transferTo(sink);
    }
    delete("k");
    Thread.sleep(500);
    Path file = java.util.Objects.requireNonNull(sink.file);
    assertThat(Files.readAllBytes(file)).isEqualTo(random(LARGE, 1));
    Runnable sent = java.util.Objects.requireNonNull(sink.sent);
    sent.run();
    sent.run();
    LocalFixture.awaitBlobs(directory, 0);
  }

  @Test
  void aRangeIsLeftToTheContainerToo() throws Exception {
    put("k", random(LARGE, 1));
    TakingSink sink = new TakingSink();
    ReadOptions options =
        new ReadOptions(new ByteRange.FromTo(1000, 200_999), null, Preconditions.NONE);
    try (ObjectContent content = storage.objects().get(ref("k"), options)) {
      content.transferTo(sink);
    }
    assertThat(sink.offset).isEqualTo(1000);
    assertThat(sink.length).isEqualTo(200_000);
  }

  @Test
  void verifyingAlwaysLeavesNothingToTheContainer() throws Exception {
    storage.close();
    storage = LocalFixture.open(directory, Map.of("verify-reads", "always"));
    put("k", random(LARGE, 1));
    TakingSink sink = new TakingSink();
    try (ObjectContent content = storage.objects().get(ref("k"), ReadOptions.ALL)) {
      content.transferTo(sink);
    }
    assertThat(sink.file).isNull();
    assertThat(sink.length).isEqualTo(LARGE);
  }

  @Test
  void relaxedDurabilityKeepsTheSameRules() throws Exception {
    storage.close();
    storage = LocalFixture.open(directory, Map.of("durability", "relaxed"));
    put("k", random(LARGE, 1));
    put("k", random(LARGE, 2));
    LocalFixture.awaitBlobs(directory, 1);
    storage.close();
    storage = open();
    assertThat(read(ref("k"), ReadOptions.ALL)).isEqualTo(random(LARGE, 2));
  }

  /** A sink that takes files over, as Tomcat does. */
  private static final class TakingSink implements ContentSink {
    @Nullable Path file;
    @Nullable Runnable sent;
    long offset;
    long length;

    @Override
    public void write(byte[] bytes, int from, int count) {
      length += count;
    }

    @Override
    public void write(ByteBuffer buffer) {
      length += buffer.remaining();
      buffer.position(buffer.limit());
    }

    @Override
    public boolean sendFile(Path path, long from, long count, Runnable whenSent) {
      file = path;
      offset = from;
      length = count;
      sent = whenSent;
      return true;
    }
  }
}
