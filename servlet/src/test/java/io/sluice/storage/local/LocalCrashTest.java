package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ListQuery;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.ContentSink;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadRef;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.memory.BytesPayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, and looks at what it left. */
class LocalCrashTest {
  private static final BucketName BUCKET = new BucketName("crash");
  private static final int ROUNDS = 3;
  private static final int WRITERS = 4;
  private static final int KEYS_OF_WRITER = 5;
  private static final WriteOptions OPTIONS =
      new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "o");

  @TempDir private Path directory;
  @TempDir private Path other;

  /** The size of what a writer puts at a step: inline, blob or several blocks. */
  private static int size(int step) {
    return new int[] {100, 40_000, 20_000, 300_000}[step % 4];
  }

  private static byte[] body(String key, int step) {
    byte[] bytes = new byte[size(step)];
    new Random(key.hashCode() * 31L + step).nextBytes(bytes);
    return bytes;
  }

  private static ObjectRef ref(String key) {
    return ObjectRef.of(BUCKET, new ObjectKey(key));
  }

  /**
   * Writes until it is killed. Says {@code ?key step} before a write and {@code !key step} once it
   * is acknowledged; step -1 is a deletion.
   */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      Storage storage = LocalFixture.open(Path.of(arguments[0]), 1);
      int first = Integer.parseInt(arguments[1]);
      for (int writer = 0; writer < WRITERS; writer++) {
        String name = "w" + writer;
        new Thread(() -> run(storage, name, first), name).start();
      }
    }

    private static void run(Storage storage, String name, int first) {
      try {
        for (int step = first; ; step++) {
          String key = name + "/" + step % KEYS_OF_WRITER;
          boolean deletion = step % 7 == 6;
          LocalFixture.say("?" + key + " " + (deletion ? -1 : step) + "\n");
          if (deletion) {
            storage
                .objects()
                .delete(ref(key), new DeleteOptions(Preconditions.NONE, "o", VersionGuard.NONE));
          } else if (step % 5 == 4) {
            multipart(storage, key, step);
          } else {
            storage.objects().put(ref(key), OPTIONS, BytesPayload.of(body(key, step)));
          }
          LocalFixture.say("!" + key + " " + (deletion ? -1 : step) + "\n");
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void multipart(Storage storage, String key, int step) throws IOException {
      byte[] body = body(key, step);
      String id =
          storage.uploads().create(ref(key), new UploadOptions(OPTIONS, null, null)).uploadId();
      UploadRef upload = new UploadRef(BUCKET, new ObjectKey(key), id);
      PartInfo part = storage.uploads().uploadPart(upload, 1, BytesPayload.of(body));
      storage
          .uploads()
          .complete(
              upload,
              new CompleteOptions(
                  List.of(new CompleteOptions.CompletedPart(1, part.etag(), List.of())),
                  Preconditions.NONE,
                  null,
                  null));
    }
  }

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    try (Storage storage = LocalFixture.open(directory, 1)) {
      storage
          .buckets()
          .create(new BucketInfo(BUCKET, Instant.EPOCH, "", "o", Versioning.UNVERSIONED, ""));
    }
    Map<String, Integer> acknowledged = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, Integer> begun = new HashMap<>();
      writeAndKill(round * 100_000, acknowledged, begun);
      assertThat(acknowledged).isNotEmpty();
      try (Storage storage = LocalFixture.open(directory, 1)) {
        check(storage, acknowledged, begun);
        awaitOnlyReferencedBlobs(storage);
      }
    }
  }

  private void writeAndKill(
      int firstStep, Map<String, Integer> acknowledged, Map<String, Integer> begun)
      throws Exception {
    Path said = other.resolve("said-" + firstStep);
    Process writer =
        LocalFixture.childBuilder(Writer.class, directory.toString(), Integer.toString(firstStep))
            .redirectOutput(said.toFile())
            .start();
    try {
      for (int i = 0; i < 1000 && (!Files.exists(said) || Files.size(said) < 100); i++) {
        Thread.sleep(10);
      }
      Thread.sleep(300 + ThreadLocalRandom.current().nextInt(700));
    } finally {
      writer.destroyForcibly().waitFor();
    }
    for (String line : Files.readAllLines(said)) {
      int space = line.indexOf(' ');
      String key = line.substring(1, space);
      int step = Integer.parseInt(line.substring(space + 1));
      if (line.startsWith("?")) {
        begun.put(key, step);
      } else {
        begun.remove(key);
        acknowledged.put(key, step);
      }
    }
  }

  private static void check(
      Storage storage, Map<String, Integer> acknowledged, Map<String, Integer> begun)
      throws IOException {
    for (Map.Entry<String, Integer> entry : Map.copyOf(acknowledged).entrySet()) {
      String key = entry.getKey();
      Integer pending = begun.get(key);
      byte @Nullable [] found = read(storage, key);
      boolean isOld = isStep(found, key, entry.getValue());
      boolean isNew = pending != null && isStep(found, key, pending);
      assertThat(isOld || isNew)
          .as("%s: acknowledged %s, begun %s", key, entry.getValue(), pending)
          .isTrue();
      if (isNew && pending != null) {
        acknowledged.put(key, pending);
      }
    }
  }

  private static boolean isStep(byte @Nullable [] found, String key, int step) {
    return step < 0 ? found == null : java.util.Arrays.equals(found, body(key, step));
  }

  private static byte @Nullable [] read(Storage storage, String key) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectContent content = storage.objects().get(ref(key), ReadOptions.ALL)) {
      content.transferTo(
          new ContentSink() {
            @Override
            public void write(byte[] source, int offset, int length) {
              bytes.write(source, offset, length);
            }

            @Override
            public void write(ByteBuffer buffer) {
              byte[] copy = new byte[buffer.remaining()];
              buffer.get(copy);
              bytes.writeBytes(copy);
            }
          });
      return bytes.toByteArray();
    } catch (S3Exception e) {
      assertThat(e.code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
      return null;
    }
  }

  /** Nothing of a write that was cut off stays; parts of uploads under way do. */
  private void awaitOnlyReferencedBlobs(Storage storage) throws Exception {
    int large = 0;
    for (ObjectInfo info :
        storage.objects().list(BUCKET, new ListQuery("", null, null, 1000)).objects()) {
      large += info.sizeBytes() > 32_768 ? 1 : 0;
    }
    var uploads =
        storage
            .uploads()
            .list(BUCKET, new io.sluice.storage.UploadQuery("", null, null, null, 1000))
            .uploads();
    for (var upload : uploads) {
      storage.uploads().abort(new UploadRef(BUCKET, upload.key(), upload.uploadId()));
    }
    LocalFixture.awaitBlobs(directory, large);
  }

  @Test
  void aRefusedBodyLeavesNoFile() throws Exception {
    try (Storage storage = LocalFixture.open(directory, 1)) {
      storage
          .buckets()
          .create(new BucketInfo(BUCKET, Instant.EPOCH, "", "o", Versioning.UNVERSIONED, ""));
      assertThatThrownBy(
              () ->
                  storage
                      .objects()
                      .put(
                          ref("k"),
                          OPTIONS,
                          BytesPayload.failingAtEnd(new byte[100_000], new IOException("cut"))))
          .hasMessage("cut");
      assertThat(LocalFixture.blobs(directory)).isEmpty();
    }
  }
}
