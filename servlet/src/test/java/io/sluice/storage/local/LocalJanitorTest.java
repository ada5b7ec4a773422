package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ObjectKey;
import io.sluice.model.Preconditions;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.option.RenameOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes by itself as time goes by. */
class LocalJanitorTest extends ContractFixture {
  private final MovedClock clock = new MovedClock();
  @TempDir private Path directory;

  /** The time of day, and however much the test adds. */
  private static final class MovedClock extends Clock {
    private volatile Duration moved = Duration.ZERO;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(moved);
    }
  }

  @Override
  protected Storage open() throws IOException {
    Map<String, String> settings =
        Map.of(
            "data", directory.toString(),
            "min-part-size", "1",
            "scrub-rate", "0",
            "upload-expiry", "7");
    return LocalStorage.open(LocalSettings.of(settings), clock);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < 200 && !condition.call(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.call()).isTrue();
  }

  private String begin(String key) throws IOException {
    String id =
        storage.uploads().create(ref(key), new UploadOptions(write(), null, null)).uploadId();
    storage.uploads().uploadPart(upload(key, id), 1, BytesPayload.of(random(LARGE, 1)));
    return id;
  }

  private boolean isGone(Callable<?> action) throws Exception {
    try {
      action.call();
      return false;
    } catch (io.sluice.error.S3Exception e) {
      assertThat(e.code()).isEqualTo(S3ErrorCode.NO_SUCH_UPLOAD);
      return true;
    }
  }

  @Test
  void anAbandonedUploadGoesWithItsBytesOnceItIsOld() throws Exception {
    String id = begin("k");
    clock.moved = Duration.ofDays(6);
    Thread.sleep(600);
    assertThat(storage.uploads().head(upload("k", id)).uploadId()).isEqualTo(id);
    clock.moved = Duration.ofDays(8);
    await(() -> isGone(() -> storage.uploads().head(upload("k", id))));
    LocalFixture.awaitBlobs(directory, 0);
    assertThat(storage.buckets().usage(bucket).totalBytes()).isZero();
  }

  @Test
  void aRepeatedCompletionIsAnsweredForADay() throws Exception {
    String id = begin("k");
    CompleteOptions options =
        new CompleteOptions(
            List.of(
                new CompleteOptions.CompletedPart(
                    1, new io.sluice.model.ETag(BytesPayload.md5Hex(random(LARGE, 1))), List.of())),
            Preconditions.NONE,
            null,
            null);
    storage.uploads().complete(upload("k", id), options);
    assertThat(storage.uploads().complete(upload("k", id), options).sizeBytes()).isEqualTo(LARGE);
    clock.moved = Duration.ofHours(25);
    await(() -> isGone(() -> storage.uploads().complete(upload("k", id), options)));
    assertThat(head("k").sizeBytes()).isEqualTo(LARGE);
  }

  @Test
  void aClientTokenIsRememberedForADay() throws Exception {
    put("a", "x");
    RenameOptions options = new RenameOptions(Preconditions.NONE, Preconditions.NONE, OWNER, "t");
    storage.objects().rename(ref("a"), new ObjectKey("b"), options);
    clock.moved = Duration.ofHours(25);
    await(
        () -> {
          put("c", "y");
          try {
            storage.objects().rename(ref("c"), new ObjectKey("d"), options);
            return true;
          } catch (io.sluice.error.S3Exception e) {
            assertThat(e.code()).isEqualTo(S3ErrorCode.IDEMPOTENCY_PARAMETER_MISMATCH);
            return false;
          }
        });
  }

  @Test
  void emptyDirectoriesOfBlobsGo() throws Exception {
    put("k", random(LARGE, 1));
    storage.close();
    storage = open();
    put("l", random(LARGE, 2));
    delete("k");
    LocalFixture.awaitBlobs(directory, 1);
    assertThat(epochs()).isGreaterThanOrEqualTo(2);
    clock.moved = Duration.ofHours(1);
    await(() -> epochs() == 1);
    assertThat(text("l")).hasSizeGreaterThan(0);
  }

  private long epochs() throws IOException {
    try (Stream<Path> directories = Files.list(directory.resolve("blobs"))) {
      return directories.count();
    }
  }
}
