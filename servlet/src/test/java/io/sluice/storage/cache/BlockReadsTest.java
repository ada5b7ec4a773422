package io.sluice.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ByteRange;
import io.sluice.model.ETag;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.NotModifiedException;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.maintenance.BucketCache;
import io.sluice.storage.maintenance.StoreMetric;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges of what is not here whole, in blocks of 1,000 bytes. */
class BlockReadsTest {
  private static final BucketName BUCKET = new BucketName("bkt");
  private static final ObjectKey KEY = new ObjectKey("k");
  private static final int SIZE = 9_500;

  private final MemoryStorage far = new MemoryStorage(1);
  private final MemoryStorage space = new MemoryStorage(1);
  private final WatchedStorage watched = new WatchedStorage(far);
  private @TempDir Path fills;
  private Storage cache;
  private BucketCache here;
  private byte[] body = {};

  @BeforeEach
  void open() throws IOException {
    far.buckets()
        .create(new BucketInfo(BUCKET, Instant.now(), "", "o", Versioning.UNVERSIONED, ""));
    body = putFar(1);
    open("false");
  }

  private void open(String validate) throws IOException {
    cache =
        CacheFixture.over(
            watched.storage(),
            space,
            "cache.capacity",
            "100000",
            "cache.block-size",
            "1000",
            "cache.validate-warm-get",
            validate,
            "fills",
            fills.toString());
    here = cache.cache(BUCKET).orElseThrow();
  }

  @AfterEach
  void close() throws IOException {
    cache.close();
  }

  private byte[] putFar(int seed) throws IOException {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    far.objects().put(ObjectRef.of(BUCKET, KEY), write(), BytesPayload.of(bytes));
    return bytes;
  }

  private static WriteOptions write() {
    return new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "o");
  }

  private ObjectContent open(ByteRange range, Preconditions conditions) throws IOException {
    return cache.objects().get(ObjectRef.of(BUCKET, KEY), new ReadOptions(range, null, conditions));
  }

  private byte[] read(ByteRange range) throws IOException {
    ContractFixture.Collected collected = new ContractFixture.Collected();
    try (ObjectContent content = open(range, Preconditions.NONE)) {
      content.transferTo(collected);
      assertThat(content.info().sizeBytes()).isEqualTo(SIZE);
      assertThat(content.range().length()).isEqualTo(collected.toBytes().length);
    }
    return collected.toBytes();
  }

  private byte[] read(int first, int last) throws IOException {
    return read(new ByteRange.FromTo(first, last));
  }

  private byte[] part(int first, int last) {
    return Arrays.copyOfRange(body, first, last + 1);
  }

  private double metric(String name) {
    return cache.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .map(StoreMetric::value)
        .mapToDouble(java.util.function.DoubleSupplier::getAsDouble)
        .sum();
  }

  private void awaitNoFill() throws InterruptedException {
    for (int i = 0; i < 1000 && metric("cache.filling") > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(metric("cache.filling")).isZero();
  }

  @Test
  void aBlockIsReadOnceAndAWholeObjectTakesItsPlace() throws Exception {
    assertThat(read(10, 19)).isEqualTo(part(10, 19));
    awaitNoFill();
    assertThat(read(500, 999)).isEqualTo(part(500, 999));
    assertThat(watched.gets).hasValue(1);
    assertThat(read(990, 1010)).isEqualTo(part(990, 1010));
    assertThat(watched.gets).hasValue(2);
    assertThat(read(new ByteRange.Suffix(10))).isEqualTo(part(SIZE - 10, SIZE - 1));
    awaitNoFill();
    assertThat(read(new ByteRange.From(9_100))).isEqualTo(part(9_100, SIZE - 1));
    assertThat(watched.gets).hasValue(3);
    assertThat(watched.heads).hasValue(0);
    awaitNoFill();
    assertThat(metric("cache.blocks")).isEqualTo(3);
    assertThat(metric("cache.used")).isEqualTo(2_500);
    assertThat(metric("cache.hits")).isEqualTo(2);
    assertThat(here.holds(KEY)).isFalse();
    assertThat(here.keys("")).containsExactly(KEY);
    assertThat(here.prefetch(KEY, false)).isEqualTo(BucketCache.Fetched.READ);
    assertThat(metric("cache.blocks")).isZero();
    assertThat(metric("cache.used")).isEqualTo(SIZE);
    watched.down = true;
    assertThat(read(0, SIZE - 1)).isEqualTo(body);
    assertThat(here.evict(KEY)).isTrue();
  }

  @Test
  void aFooterIsReadKnowingNothing() throws Exception {
    assertThat(read(new ByteRange.Suffix(8))).isEqualTo(part(SIZE - 8, SIZE - 1));
    assertThat(watched.heads).hasValue(1);
    awaitNoFill();
    assertThat(read(new ByteRange.Suffix(400))).isEqualTo(part(SIZE - 400, SIZE - 1));
    watched.down = true;
    assertThat(read(9_000, 9_100)).isEqualTo(part(9_000, 9_100));
    assertThat(watched.gets).hasValue(1);
    assertThat(watched.heads).hasValue(1);
  }

  @Test
  void manyReadersOfABlockAreOneRead() throws Exception {
    watched.pause = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(16);
    try {
      List<Future<byte[]>> readers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        int first = 3_000 + i;
        readers.add(pool.submit(() -> read(first, 3_900)));
      }
      TimeUnit.MILLISECONDS.sleep(200);
      watched.pause.countDown();
      for (int i = 0; i < 16; i++) {
        assertThat(readers.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(part(3_000 + i, 3_900));
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(watched.gets).hasValue(1);
    assertThat(watched.open).hasValue(0);
  }

  @Test
  void blocksOfTwoStatesAreNeverMixed() throws Exception {
    assertThat(read(0, 10)).isEqualTo(part(0, 10));
    awaitNoFill();
    body = putFar(2);
    assertThat(read(900, 2_100)).isEqualTo(part(900, 2_100));
    assertThat(read(0, SIZE - 1)).isEqualTo(body);
    awaitNoFill();
    try (ObjectContent content = open(new ByteRange.FromTo(0, SIZE - 1), Preconditions.NONE)) {
      here.evict(KEY);
      putFar(3);
      assertThatThrownBy(() -> content.transferTo(new ContractFixture.Collected()))
          .isInstanceOf(IOException.class);
    }
    body = putFar(4);
    assertThat(read(0, SIZE - 1)).isEqualTo(body);
  }

  @Test
  void whatWasDeletedIsFoundMissing() throws Exception {
    read(0, 10);
    awaitNoFill();
    far.objects()
        .delete(
            ObjectRef.of(BUCKET, KEY),
            new io.sluice.storage.DeleteOptions(
                Preconditions.NONE, "", io.sluice.storage.VersionGuard.NONE));
    assertThatThrownBy(() -> read(5_000, 5_010))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY));
    assertThat(here.keys("")).isEmpty();
  }

  @Test
  void writesAndEvictionsOutdateBlocks() throws Exception {
    read(0, 10);
    awaitNoFill();
    byte[] written = new byte[SIZE];
    cache.objects().put(ObjectRef.of(BUCKET, KEY), write(), BytesPayload.of(written));
    assertThat(metric("cache.blocks")).isZero();
    body = written;
    watched.pause = new CountDownLatch(1);
    ContractFixture.Collected collected = new ContractFixture.Collected();
    try (ObjectContent content = open(new ByteRange.FromTo(0, 99), Preconditions.NONE)) {
      here.evict(KEY);
      watched.pause.countDown();
      content.transferTo(collected);
    }
    assertThat(collected.toBytes()).isEqualTo(part(0, 99));
    awaitNoFill();
    assertThat(here.keys("")).isEmpty();
    read(0, 10);
    awaitNoFill();
    assertThat(here.evict(KEY)).isTrue();
    assertThat(metric("cache.used")).isZero();
  }

  @Test
  void aValidatingCacheAsksAboutBlocksToo() throws Exception {
    cache.close();
    open("true");
    read(0, 10);
    awaitNoFill();
    assertThat(read(0, 10)).isEqualTo(part(0, 10));
    assertThat(watched.heads).hasValue(1);
    assertThat(watched.gets).hasValue(1);
    body = putFar(2);
    assertThat(read(0, 10)).isEqualTo(part(0, 10));
  }

  @Test
  void aBlockThatBreaksOffIsNotKept() throws Exception {
    watched.cutAfter = 0;
    assertThatThrownBy(() -> read(0, 10)).isInstanceOf(IOException.class);
    awaitNoFill();
    assertThat(metric("cache.blocks")).isZero();
    watched.cutAfter = Integer.MAX_VALUE;
    watched.down = true;
    assertThatThrownBy(() -> read(0, 10))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.code()).isEqualTo(S3ErrorCode.SERVICE_UNAVAILABLE));
    watched.down = false;
    assertThat(read(0, 10)).isEqualTo(part(0, 10));
    try (Stream<Path> left = java.nio.file.Files.list(fills)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void blocksAreThereAgainAfterARestart() throws Exception {
    read(2_000, 2_500);
    awaitNoFill();
    open("false");
    assertThat(metric("cache.blocks")).isEqualTo(1);
    assertThat(metric("cache.objects")).isZero();
    watched.down = true;
    assertThat(read(2_600, 2_999)).isEqualTo(part(2_600, 2_999));
  }

  @Test
  void blocksMakeRoomForEachOther() throws Exception {
    for (int object = 0; object < 12; object++) {
      ObjectKey key = new ObjectKey("k" + object);
      far.objects().put(ObjectRef.of(BUCKET, key), write(), BytesPayload.of(new byte[SIZE]));
      ContractFixture.Collected all = new ContractFixture.Collected();
      ReadOptions range = new ReadOptions(new ByteRange.From(0), null, Preconditions.NONE);
      try (ObjectContent content = cache.objects().get(ObjectRef.of(BUCKET, key), range)) {
        content.transferTo(all);
      }
      assertThat(all.toBytes()).hasSize(SIZE);
    }
    awaitNoFill();
    assertThat(metric("cache.used")).isBetween(70_000.0, 90_000.0);
    assertThat(metric("cache.displaced")).isPositive();
  }

  @Test
  void conditionsAndRangesOutsideAreAnsweredAsByTheBackEnd() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> read(SIZE, SIZE + 10))
          .isInstanceOfSatisfying(
              S3Exception.class,
              e ->
                  assertThat(e.details())
                      .containsEntry("RangeRequested", "bytes=" + SIZE + "-" + (SIZE + 10)));
      ByteRange range = new ByteRange.FromTo(0, 10);
      ETag tag = far.objects().head(ObjectRef.of(BUCKET, KEY), ReadOptions.ALL).etag();
      Preconditions ifNone = new Preconditions(null, List.of(tag), null, null, null, null);
      assertThatThrownBy(() -> open(range, ifNone)).isInstanceOf(NotModifiedException.class);
      Preconditions ifOther =
          new Preconditions(List.of(new ETag("x")), null, null, null, null, null);
      assertThatThrownBy(() -> open(range, ifOther))
          .isInstanceOfSatisfying(
              S3Exception.class,
              e -> assertThat(e.code()).isEqualTo(S3ErrorCode.PRECONDITION_FAILED));
      awaitNoFill();
      assertThat(watched.open).hasValue(0);
    }
  }
}
