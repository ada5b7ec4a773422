package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.Quota;
import io.sluice.model.Usage;
import io.sluice.model.Versioning;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadRef;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.option.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters that last, quotas under load, and the floor of free space. */
class LocalUsageTest {
  private static final BucketName BUCKET = new BucketName("counted");
  private static final BucketName OTHER = new BucketName("counted-too");
  private static final int THREADS = 64;
  private static final int WRITES = 60;
  private static final int QUOTA_BYTES = 50_000;
  private static final int QUOTA_OBJECTS = 90;

  /** More than any disk has, in as many digits as a setting may have. */
  private static final String MORE_THAN_THERE_IS = "999999999999999999";

  private static final WriteOptions WRITE =
      new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "o");
  private static final DeleteOptions DELETION =
      new DeleteOptions(Preconditions.NONE, "o", VersionGuard.NONE);

  @TempDir private Path directory;

  private Storage open(String... settings) throws IOException {
    Map<String, String> all = new java.util.HashMap<>();
    all.put("durability", "relaxed");
    all.put("min-part-size", "1");
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return LocalFixture.open(directory, all);
  }

  private static void create(Storage storage, BucketName name) throws IOException {
    storage
        .buckets()
        .create(new BucketInfo(name, Instant.EPOCH, "", "o", Versioning.UNVERSIONED, ""));
  }

  private static ObjectRef ref(BucketName bucket, String key) {
    return ObjectRef.of(bucket, new ObjectKey(key));
  }

  private static void put(Storage storage, BucketName bucket, String key, int length)
      throws IOException {
    storage.objects().put(ref(bucket, key), WRITE, BytesPayload.of(new byte[length]));
  }

  private static void part(Storage storage, String key, int length) throws IOException {
    String id =
        storage.uploads().create(ref(BUCKET, key), new UploadOptions(WRITE, null, null)).uploadId();
    storage
        .uploads()
        .uploadPart(
            new UploadRef(BUCKET, new ObjectKey(key), id), 1, BytesPayload.of(new byte[length]));
  }

  private static void assertRefused(
      S3ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void countersAndQuotasOutliveTheProcess() throws IOException {
    try (Storage storage = open()) {
      create(storage, BUCKET);
      put(storage, BUCKET, "a", 70);
      put(storage, BUCKET, "a", 30);
      put(storage, BUCKET, "b", 40_000);
      part(storage, "c", 11);
      storage
          .buckets()
          .putSetting(BUCKET, Quota.SETTING, "objects=2".getBytes(StandardCharsets.UTF_8));
    }
    try (Storage storage = open()) {
      Usage expected = new Usage(40_030, 2, 11, 1);
      assertThat(storage.buckets().usage(BUCKET)).isEqualTo(expected);
      assertThat(storage.buckets().accountUsage("o")).isEqualTo(expected);
      assertRefused(S3ErrorCode.QUOTA_EXCEEDED, () -> put(storage, BUCKET, "d", 0));
    }
  }

  @Test
  void aStoreWithoutCountersIsCountedWhenItOpens() throws IOException {
    try (Storage storage = open()) {
      create(storage, BUCKET);
      create(storage, OTHER);
      storage.buckets().setVersioning(BUCKET, Versioning.ENABLED);
      put(storage, BUCKET, "a", 70);
      put(storage, BUCKET, "a", 40_000);
      storage.objects().delete(ref(BUCKET, "a"), DELETION);
      put(storage, OTHER, "b", 5);
      part(storage, "c", 11);
    }
    // What an earlier build left: rows, and neither counters nor the mark.
    try (IndexDatabase database =
        new IndexDatabase(directory.resolve("index"), 8L << 20, Durability.RELAXED)) {
      database.write(
          new IndexBatch()
              .deleteRange(Column.USAGE, new byte[0], IndexKeys.bucket(Integer.MAX_VALUE))
              .delete(Column.META, IndexKeys.utf8("usage")));
    }
    for (int opening = 0; opening < 2; opening++) {
      try (Storage storage = open()) {
        assertThat(storage.buckets().usage(BUCKET)).isEqualTo(new Usage(40_070, 2, 11, 1));
        assertThat(storage.buckets().accountUsage("o")).isEqualTo(new Usage(40_075, 3, 11, 1));
      }
    }
  }

  @Test
  void sixtyFourWritersNeverExceedAQuota() throws Exception {
    try (Storage storage = open()) {
      create(storage, BUCKET);
      String quota = "bytes=" + QUOTA_BYTES + "\nobjects=" + QUOTA_OBJECTS + "\n";
      storage.buckets().putSetting(BUCKET, Quota.SETTING, quota.getBytes(StandardCharsets.UTF_8));
      hammerAndWatch(storage, BUCKET);
      assertWithin(storage.buckets().usage(BUCKET));
      assertThat(storage.buckets().recount(BUCKET)).isEqualTo(storage.buckets().usage(BUCKET));
      // Nothing stays reserved: what is free can be taken to the last byte, and no further.
      for (int i = 0; i < 200; i++) {
        storage.objects().delete(ref(BUCKET, "k" + i), DELETION);
      }
      assertThat(storage.buckets().usage(BUCKET)).isEqualTo(Usage.NONE);
      put(storage, BUCKET, "all", QUOTA_BYTES);
      assertRefused(S3ErrorCode.QUOTA_EXCEEDED, () -> put(storage, BUCKET, "one", 1));
    }
  }

  @Test
  void sixtyFourWritersNeverExceedTheQuotaOfAnAccount() throws Exception {
    try (Storage storage = open("account-quota", Integer.toString(QUOTA_BYTES))) {
      create(storage, BUCKET);
      create(storage, OTHER);
      hammerAndWatch(storage, BUCKET, OTHER);
      Usage account = storage.buckets().accountUsage("o");
      assertThat(account.totalBytes()).isBetween(1L, (long) QUOTA_BYTES);
      assertThat(storage.buckets().recount(BUCKET).plus(storage.buckets().recount(OTHER)))
          .isEqualTo(account);
      // Nothing stays reserved: the rest fits to the byte.
      put(storage, OTHER, "rest", (int) (QUOTA_BYTES - account.totalBytes()));
      assertRefused(S3ErrorCode.QUOTA_EXCEEDED, () -> put(storage, BUCKET, "one", 1));
    }
  }

  /** Writes and deletes in many threads, while another one looks that nothing is exceeded. */
  private static void hammerAndWatch(Storage storage, BucketName... buckets) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong accepted = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS + 1);
    try {
      Future<?> watch = pool.submit(() -> watch(storage, buckets, done));
      List<Future<?>> writers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(thread);
        BucketName bucket = buckets[thread % buckets.length];
        writers.add(pool.submit(() -> hammer(storage, bucket, random, accepted, refused)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      done.set(true);
      watch.get();
    } finally {
      pool.shutdownNow();
    }
    assertThat(accepted.get()).isPositive();
    assertThat(refused.get()).isPositive();
  }

  private static Void watch(Storage storage, BucketName[] buckets, AtomicBoolean done)
      throws IOException {
    while (!done.get()) {
      if (buckets.length == 1) {
        assertWithin(storage.buckets().recount(BUCKET));
        assertWithin(storage.buckets().usage(BUCKET));
      }
      assertThat(storage.buckets().accountUsage("o").totalBytes())
          .isBetween(0L, (long) QUOTA_BYTES);
    }
    return null;
  }

  private static void assertWithin(Usage usage) {
    assertThat(usage.totalBytes()).isBetween(0L, (long) QUOTA_BYTES);
    assertThat(usage.objects()).isBetween(0L, (long) QUOTA_OBJECTS);
  }

  private static Void hammer(
      Storage storage, BucketName bucket, Random random, AtomicLong accepted, AtomicLong refused)
      throws IOException {
    for (int i = 0; i < WRITES; i++) {
      String key = "k" + random.nextInt(200);
      try {
        if (random.nextInt(4) == 0) {
          storage.objects().delete(ref(bucket, key), DELETION);
        } else {
          put(storage, bucket, key, random.nextInt(2000));
          accepted.incrementAndGet();
        }
      } catch (S3Exception e) {
        assertThat(e.code()).isEqualTo(S3ErrorCode.QUOTA_EXCEEDED);
        refused.incrementAndGet();
      }
    }
    return null;
  }

  @Test
  void anAccountsQuotaCoversItsBucketsTogether() throws IOException {
    try (Storage storage = open("account-quota", "100")) {
      create(storage, BUCKET);
      create(storage, OTHER);
      put(storage, BUCKET, "a", 60);
      assertRefused(S3ErrorCode.QUOTA_EXCEEDED, () -> put(storage, OTHER, "b", 41));
      put(storage, OTHER, "b", 40);
      storage
          .buckets()
          .create(
              new BucketInfo(
                  new BucketName("stranger"), Instant.EPOCH, "", "p", Versioning.UNVERSIONED, ""));
      put(storage, new BucketName("stranger"), "c", 100);
      storage.objects().delete(ref(BUCKET, "a"), DELETION);
      put(storage, OTHER, "c", 60);
    }
  }

  @Test
  void aBodyOfUnknownLengthAboveTheQuotaLeavesNothing() throws Exception {
    try (Storage storage = open("account-quota", "100000")) {
      create(storage, BUCKET);
      put(storage, BUCKET, "a", 90_000);
      assertRefused(
          S3ErrorCode.QUOTA_EXCEEDED,
          () ->
              storage
                  .objects()
                  .put(ref(BUCKET, "b"), WRITE, BytesPayload.ofUnknownLength(new byte[90_000])));
      assertThat(LocalFixture.blobs(directory)).hasSize(1);
      assertThat(storage.buckets().usage(BUCKET)).isEqualTo(Usage.ofObject(90_000));
      storage
          .objects()
          .put(ref(BUCKET, "a"), WRITE, BytesPayload.ofUnknownLength(new byte[100_000]));
      assertThat(storage.buckets().accountUsage("o")).isEqualTo(Usage.ofObject(100_000));
    }
  }

  @Test
  void belowTheFloorOnlyDataIsRefused() throws IOException {
    try (Storage storage = open("free-space-floor", "0")) {
      create(storage, BUCKET);
      put(storage, BUCKET, "a", 60);
    }
    try (Storage storage = open("free-space-floor", MORE_THAN_THERE_IS)) {
      AtomicBoolean read = new AtomicBoolean();
      BytesPayload payload = BytesPayload.watched(new byte[11], () -> read.set(true));
      assertRefused(
          S3ErrorCode.STORAGE_FULL, () -> storage.objects().put(ref(BUCKET, "b"), WRITE, payload));
      assertThat(read).isFalse();
      assertRefused(S3ErrorCode.STORAGE_FULL, () -> part(storage, "c", 1));
      assertThat(storage.objects().head(ref(BUCKET, "a"), ReadOptions.ALL).sizeBytes())
          .isEqualTo(60);
      storage.objects().delete(ref(BUCKET, "a"), DELETION);
      storage.buckets().delete(BUCKET);
    }
  }
}
