package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.Quota;
import io.sluice.model.UploadInfo;
import io.sluice.model.Usage;
import io.sluice.model.VersionQuery;
import io.sluice.model.Versioning;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteTarget;
import io.sluice.storage.PartSource;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadQuery;
import io.sluice.storage.UploadRef;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.memory.BytesPayload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After any mutations, the counters are what a walk over the store finds, now and reopened. */
class LocalUsageModelTest {
  private static final BucketName BUCKET = new BucketName("counted");
  private static final int STEPS = 2_000;
  private static final int STEPS_BETWEEN_WALKS = 50;
  private static final int STEPS_BETWEEN_OPENINGS = 500;
  private static final int KEYS = 12;
  private static final int UPLOADS = 4;
  private static final int ALL = 1000;
  private static final int[] SIZES = {0, 1, 900, 32_768, 32_769, 140_000};

  /** What may come of a random step; QuotaExceeded has to come as well. */
  private static final Set<S3ErrorCode> EXPECTED =
      EnumSet.of(S3ErrorCode.NO_SUCH_KEY, S3ErrorCode.QUOTA_EXCEEDED);

  private static final WriteOptions WRITE =
      new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "o");
  private static final DeleteOptions DELETION =
      new DeleteOptions(Preconditions.NONE, "o", VersionGuard.NONE);

  @TempDir private Path directory;
  private Storage storage;
  private Random random;

  private void open() throws IOException {
    storage = LocalFixture.open(directory, Map.of("durability", "relaxed", "min-part-size", "1"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void countersAreWhatAWalkFinds(long seed) throws IOException {
    random = new Random(seed);
    open();
    try {
      storage
          .buckets()
          .create(new BucketInfo(BUCKET, Instant.EPOCH, "", "o", Versioning.UNVERSIONED, ""));
      int refusals = 0;
      for (int step = 1; step <= STEPS; step++) {
        refusals += step() == S3ErrorCode.QUOTA_EXCEEDED ? 1 : 0;
        if (step % STEPS_BETWEEN_WALKS == 0) {
          compare();
        }
        if (step % STEPS_BETWEEN_OPENINGS == 0) {
          storage.close();
          open();
          compare();
        }
      }
      assertThat(refusals).isPositive();
    } finally {
      storage.close();
    }
  }

  private void compare() throws IOException {
    Usage counted = storage.buckets().usage(BUCKET);
    assertThat(storage.buckets().recount(BUCKET)).isEqualTo(counted);
    assertThat(storage.buckets().accountUsage("o")).isEqualTo(counted);
    Usage listed = Usage.NONE;
    for (ObjectInfo version : versions()) {
      if (!version.version().deleteMarker()) {
        listed = listed.plus(Usage.ofObject(version.sizeBytes()));
      }
    }
    for (UploadInfo upload : uploads()) {
      for (PartInfo part : storage.uploads().listParts(ref(upload), 0, ALL)) {
        listed = listed.plus(Usage.ofPart(part.sizeBytes()));
      }
    }
    assertThat(listed).isEqualTo(counted);
  }

  private List<ObjectInfo> versions() throws IOException {
    return storage
        .objects()
        .listVersions(BUCKET, new VersionQuery("", null, null, null, ALL))
        .versions();
  }

  private List<UploadInfo> uploads() throws IOException {
    return storage.uploads().list(BUCKET, new UploadQuery("", null, null, null, ALL)).uploads();
  }

  private static UploadRef ref(UploadInfo upload) {
    return new UploadRef(BUCKET, upload.key(), upload.uploadId());
  }

  private ObjectKey key() {
    return new ObjectKey("k" + random.nextInt(KEYS));
  }

  private ObjectRef ref() {
    return ObjectRef.of(BUCKET, key());
  }

  private BytesPayload body() {
    return BytesPayload.of(new byte[SIZES[random.nextInt(SIZES.length)]]);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private @Nullable S3ErrorCode step() throws IOException {
    try {
      mutate(random.nextInt(16));
      return null;
    } catch (S3Exception e) {
      assertThat(EXPECTED).contains(e.code());
      return e.code();
    }
  }

  private void mutate(int choice) throws IOException {
    switch (choice) {
      case 0, 1, 2, 3 -> storage.objects().put(ref(), WRITE, body());
      case 4 -> storage.objects().delete(ref(), DELETION);
      case 5, 6 -> deleteVersion();
      case 7 -> deleteMany();
      case 8 ->
          storage
              .objects()
              .copy(
                  ref(),
                  ref(),
                  new CopyOptions(
                      Preconditions.NONE, null, Set.of(), Map.of(), Preconditions.NONE, "o", null));
      case 9 -> storage.objects().putDocument(ref(), "d", new byte[9]);
      case 10 -> setBucket();
      default -> multipart();
    }
  }

  private void deleteVersion() throws IOException {
    List<ObjectInfo> versions = versions();
    if (!versions.isEmpty()) {
      ObjectInfo version = any(versions);
      storage
          .objects()
          .delete(new ObjectRef(BUCKET, version.key(), version.version().idOrNull()), DELETION);
    }
  }

  private void deleteMany() throws IOException {
    List<DeleteTarget> targets = new ArrayList<>();
    for (ObjectInfo version : versions()) {
      if (random.nextInt(4) == 0) {
        String id = random.nextBoolean() ? version.version().idOrNull() : null;
        targets.add(new DeleteTarget(version.key(), id, DELETION));
      }
    }
    storage.objects().deleteAll(BUCKET, targets);
  }

  private void setBucket() throws IOException {
    boolean ever = storage.buckets().head(BUCKET).versioning() != Versioning.UNVERSIONED;
    switch (random.nextInt(4)) {
      case 0 -> storage.buckets().deleteSetting(BUCKET, Quota.SETTING);
      case 1, 2 -> {
        Usage used = storage.buckets().usage(BUCKET);
        long more = 1L + random.nextInt(200_000);
        byte[] quota = new Quota(used.totalBytes() + more, used.objects() + 3).document();
        storage.buckets().putSetting(BUCKET, Quota.SETTING, quota);
      }
      default ->
          storage
              .buckets()
              .setVersioning(
                  BUCKET, ever && random.nextBoolean() ? Versioning.SUSPENDED : Versioning.ENABLED);
    }
  }

  private void multipart() throws IOException {
    List<UploadInfo> uploads = uploads();
    if (uploads.size() < UPLOADS) {
      storage.uploads().create(ref(), new UploadOptions(WRITE, null, null));
      return;
    }
    UploadInfo upload = any(uploads);
    List<PartInfo> parts = storage.uploads().listParts(ref(upload), 0, ALL);
    int number = 1 + random.nextInt(3);
    switch (random.nextInt(6)) {
      case 0 -> storage.uploads().abort(ref(upload));
      case 1 ->
          storage
              .uploads()
              .copyPart(ref(upload), number, new PartSource(ref(), null, Preconditions.NONE));
      case 2, 3 -> storage.uploads().uploadPart(ref(upload), number, body());
      default -> complete(upload, parts);
    }
  }

  /** Of all parts but, now and then, one, which is then let go. */
  private void complete(UploadInfo upload, List<PartInfo> parts) throws IOException {
    List<CompleteOptions.CompletedPart> listed = new ArrayList<>();
    for (PartInfo part : parts) {
      if (part.sizeBytes() > 0 && (listed.isEmpty() || random.nextInt(4) > 0)) {
        listed.add(new CompleteOptions.CompletedPart(part.partNumber(), part.etag(), List.of()));
      }
    }
    if (!listed.isEmpty()) {
      storage
          .uploads()
          .complete(ref(upload), new CompleteOptions(listed, Preconditions.NONE, null, null));
    }
  }
}
