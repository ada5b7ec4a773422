package io.sluice.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ByteRange;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.maintenance.BucketCache;
import io.sluice.storage.maintenance.CacheStatus;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is had here and let go on purpose, and what is left of reads that fail. */
class CacheKeepingTest {
  private static final BucketName BUCKET = new BucketName("bkt");
  private static final ObjectKey KEY = new ObjectKey("k");

  private final MemoryStorage far = new MemoryStorage(1);
  private final WatchedStorage watched = new WatchedStorage(far);
  private @TempDir Path fills;
  private Storage cache;
  private BucketCache here;

  @BeforeEach
  void open() throws IOException {
    far.buckets()
        .create(new BucketInfo(BUCKET, Instant.now(), "", "o", Versioning.UNVERSIONED, ""));
    open("cache.capacity", "100000");
  }

  private void open(String... settings) throws IOException {
    String[] all = java.util.Arrays.copyOf(settings, settings.length + 2);
    all[settings.length] = "fills";
    all[settings.length + 1] = fills.toString();
    cache = CacheFixture.over(watched.storage(), new MemoryStorage(1), all);
    here = cache.cache(BUCKET).orElseThrow();
  }

  @AfterEach
  void close() throws IOException {
    cache.close();
  }

  private void putFar(ObjectKey key, int size) throws IOException {
    far.objects().put(ObjectRef.of(BUCKET, key), write(), BytesPayload.of(new byte[size]));
  }

  private static WriteOptions write() {
    return new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "o");
  }

  private byte[] read(ObjectKey key) throws IOException {
    ContractFixture.Collected collected = new ContractFixture.Collected();
    try (ObjectContent content = cache.objects().get(ObjectRef.of(BUCKET, key), ReadOptions.ALL)) {
      content.transferTo(collected);
    }
    return collected.toBytes();
  }

  private CacheStatus status() {
    return cache.caches().get(0);
  }

  @Test
  void objectsAreFetchedOnceAndLetGo() throws Exception {
    putFar(KEY, 5000);
    assertThat(here.holds(KEY)).isFalse();
    assertThat(here.prefetch(KEY, false)).isEqualTo(BucketCache.Fetched.READ);
    assertThat(here.prefetch(KEY, true)).isEqualTo(BucketCache.Fetched.HERE);
    assertThat(here.keys("")).containsExactly(KEY);
    assertThat(here.keys("other")).isEmpty();
    assertThat(read(KEY)).hasSize(5000);
    assertThat(watched.gets).hasValue(1);
    assertThat(status())
        .isEqualTo(new CacheStatus("", 100_000, 90_000, 75_000, 5000, 1, 1, 0, 0, 1, 0, 0));
    putFar(KEY, 6000);
    assertThat(here.prefetch(KEY, false)).isEqualTo(BucketCache.Fetched.HERE);
    assertThat(here.prefetch(KEY, true)).isEqualTo(BucketCache.Fetched.READ);
    watched.down = true;
    assertThat(here.evict(KEY)).isTrue();
    assertThat(here.evict(KEY)).isFalse();
    assertThat(status().bytes()).isZero();
    assertThat(cache.metrics()).extracting("name").contains("cache.hits", "cache.used");
  }

  @Test
  void whatCannotBeHadIsSaid() throws Exception {
    ObjectKey large = new ObjectKey("large");
    putFar(large, 60_000);
    assertThat(here.prefetch(large, false)).isEqualTo(BucketCache.Fetched.NOT_KEPT);
    assertThatThrownBy(() -> here.prefetch(KEY, false))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY));
    putFar(KEY, 5000);
    watched.cutAfter = 2000;
    assertThatThrownBy(() -> here.prefetch(KEY, false)).isInstanceOf(IOException.class);
    assertThat(here.holds(KEY)).isFalse();
    watched.cutAfter = Integer.MAX_VALUE;
    assertThat(here.prefetch(KEY, false)).isEqualTo(BucketCache.Fetched.READ);
  }

  @Test
  void anEvictionWhileItIsReadIsNotUndone() throws Exception {
    putFar(KEY, 5000);
    watched.pause = new CountDownLatch(1);
    ContractFixture.Collected collected = new ContractFixture.Collected();
    try (ObjectContent content = cache.objects().get(ObjectRef.of(BUCKET, KEY), ReadOptions.ALL)) {
      here.evict(KEY);
      watched.pause.countDown();
      content.transferTo(collected);
    }
    assertThat(collected.toBytes()).hasSize(5000);
    awaitNoFill();
    assertThat(here.holds(KEY)).isFalse();
  }

  @Test
  void aReaderThatGoesAwayLeavesNothingBehind() throws Exception {
    putFar(KEY, 5000);
    watched.pause = new CountDownLatch(1);
    cache.objects().get(ObjectRef.of(BUCKET, KEY), ReadOptions.ALL).close();
    watched.pause.countDown();
    awaitNoFill();
    assertThat(here.holds(KEY)).isTrue();
    assertThat(fills).isEmptyDirectory();
  }

  @Test
  void aReadThatCannotBeginLeavesNothingBehind() throws Exception {
    putFar(KEY, 5000);
    Files.delete(fills);
    assertThatThrownBy(() -> read(KEY)).isInstanceOf(IOException.class);
    assertThat(watched.open).hasValue(0);
    Files.createDirectory(fills);
    assertThat(read(KEY)).hasSize(5000);
    awaitNoFill();
    cache.close();
    here.evict(KEY);
    assertThatThrownBy(() -> read(KEY)).isInstanceOf(RuntimeException.class);
    assertThat(watched.open).hasValue(0);
    assertThat(fills).isEmptyDirectory();
    open("cache.capacity", "100000");
  }

  @Test
  void aReadThatDiesOfAnErrorEndsForItsReaders() throws Exception {
    putFar(KEY, 5000);
    watched.dies = true;
    assertThatThrownBy(() -> read(KEY)).isInstanceOf(IOException.class);
    watched.dies = false;
    awaitNoFill();
    assertThat(watched.open).hasValue(0);
    assertThat(read(KEY)).hasSize(5000);
  }

  @Test
  void anObjectOfWhichAPartIsReadIsReadWholeOnceInTheBackground() throws Exception {
    cache.close();
    open("cache.capacity", "100000", "cache.fill-after-range", "true");
    putFar(KEY, 5000);
    ReadOptions range = new ReadOptions(new ByteRange.FromTo(10, 19), null, Preconditions.NONE);
    watched.pause = new CountDownLatch(1);
    for (int i = 0; i < 5; i++) {
      try (ObjectContent content = cache.objects().get(ObjectRef.of(BUCKET, KEY), range)) {
        assertThat(content.range().length()).isEqualTo(10);
      }
    }
    watched.pause.countDown();
    awaitHere(KEY);
    assertThat(watched.gets).hasValue(6);
    watched.down = true;
    assertThat(read(KEY)).hasSize(5000);
  }

  @Test
  void whatIsWrittenIsHereSoonAfter() throws Exception {
    cache.close();
    open("cache.capacity", "100000", "cache.keep-written", "true");
    cache.objects().put(ObjectRef.of(BUCKET, KEY), write(), BytesPayload.of(new byte[3000]));
    awaitHere(KEY);
    cache.objects().put(ObjectRef.of(BUCKET, KEY), write(), BytesPayload.of(new byte[4000]));
    awaitHere(KEY);
    watched.down = true;
    assertThat(read(KEY)).hasSize(4000);
    assertThatThrownBy(
            () ->
                cache
                    .objects()
                    .put(ObjectRef.of(BUCKET, KEY), write(), BytesPayload.of(new byte[1])))
        .isInstanceOf(S3Exception.class);
    assertThat(here.holds(KEY)).isFalse();
  }

  @Test
  void aValidatingCacheLetsNobodyFollowAReadOfWhatIsNoMore() throws Exception {
    cache.close();
    open("cache.capacity", "100000", "cache.validate-warm-get", "true");
    putFar(KEY, 5000);
    watched.pause = new CountDownLatch(1);
    ContractFixture.Collected first = new ContractFixture.Collected();
    try (ObjectContent begun = cache.objects().get(ObjectRef.of(BUCKET, KEY), ReadOptions.ALL);
        ObjectContent same = cache.objects().get(ObjectRef.of(BUCKET, KEY), ReadOptions.ALL)) {
      assertThat(same.info()).isEqualTo(begun.info());
      assertThat(watched.gets).hasValue(1);
      putFar(KEY, 6000);
      try (ObjectContent later = cache.objects().get(ObjectRef.of(BUCKET, KEY), ReadOptions.ALL)) {
        assertThat(later.info().sizeBytes()).isEqualTo(6000);
      }
      watched.pause.countDown();
      begun.transferTo(first);
    }
    assertThat(first.toBytes()).hasSize(5000);
    assertThat(read(KEY)).hasSize(6000);
  }

  @Test
  void refusalsArePassedOnAndNotRemembered() throws Exception {
    putFar(KEY, 5000);
    for (S3ErrorCode code :
        List.of(
            S3ErrorCode.NO_SUCH_KEY,
            S3ErrorCode.ACCESS_DENIED,
            S3ErrorCode.INTERNAL_ERROR,
            S3ErrorCode.SERVICE_UNAVAILABLE)) {
      watched.refusal = code;
      watched.down = true;
      assertThatThrownBy(() -> read(KEY))
          .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.code()).isEqualTo(code));
      watched.down = false;
      assertThat(read(KEY)).hasSize(5000);
      awaitNoFill();
      here.evict(KEY);
    }
  }

  private void awaitHere(ObjectKey key) throws InterruptedException {
    for (int i = 0; i < 1000 && !here.holds(key); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(here.holds(key)).isTrue();
  }

  private void awaitNoFill() throws InterruptedException {
    for (int i = 0; i < 1000 && status().filling() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(status().filling()).isZero();
  }
}
