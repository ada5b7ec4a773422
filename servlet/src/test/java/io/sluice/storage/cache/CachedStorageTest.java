package io.sluice.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ByteRange;
import io.sluice.model.ETag;
import io.sluice.model.ListQuery;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.NotModifiedException;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read from where, and what is never kept. */
class CachedStorageTest {
  private static final BucketName BUCKET = new BucketName("bkt");
  private static final ObjectRef KEY = ObjectRef.of("bkt", "k");

  private final MemoryStorage far = new MemoryStorage(1);
  private final MemoryStorage space = new MemoryStorage(1);
  private final WatchedStorage watched = new WatchedStorage(far);

  private Storage cache;

  @BeforeEach
  void open() throws IOException {
    cache = CacheFixture.over(watched.storage(), space);
    far.buckets()
        .create(new BucketInfo(BUCKET, Instant.now(), "", "o", Versioning.UNVERSIONED, ""));
  }

  private static WriteOptions write() {
    return new WriteOptions(
        new ObjectMetadata(Map.of("content-type", "a/b"), Map.of("x", "y")),
        Map.of(),
        Preconditions.NONE,
        "o");
  }

  private static byte[] body(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private void putFar(ObjectRef ref, byte[] body) throws IOException {
    far.objects().put(ref, write(), BytesPayload.of(body));
  }

  private byte[] read(ObjectRef ref, ReadOptions options) throws IOException {
    ContractFixture.Collected collected = new ContractFixture.Collected();
    try (ObjectContent content = cache.objects().get(ref, options)) {
      content.transferTo(collected);
    }
    return collected.toBytes();
  }

  private byte[] read(ObjectRef ref) throws IOException {
    return read(ref, ReadOptions.ALL);
  }

  /** The copy is committed a moment after its readers have their bytes. */
  private void awaitCopies(int count) throws Exception {
    for (int i = 0; i < 1000 && copies() != count; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(copies()).isEqualTo(count);
  }

  private int copies() throws IOException {
    return space
        .objects()
        .list(new BucketName("cache"), new ListQuery("", null, null, 1000))
        .objects()
        .size();
  }

  @Test
  void warmReadsNeverTouchTheBackEnd() throws Exception {
    byte[] body = body(100_000, 1);
    putFar(KEY, body);
    assertThat(read(KEY)).isEqualTo(body);
    awaitCopies(1);
    watched.down = true;
    assertThat(read(KEY)).isEqualTo(body);
    ByteRange range = new ByteRange.FromTo(10, 19);
    assertThat(read(KEY, new ReadOptions(range, null, Preconditions.NONE)))
        .isEqualTo(Arrays.copyOfRange(body, 10, 20));
    ObjectInfo here = cache.objects().head(KEY, ReadOptions.ALL);
    assertThat(here).isEqualTo(far.objects().head(KEY, ReadOptions.ALL));
    Preconditions known = new Preconditions(null, List.of(here.etag()), null, null, null, null);
    assertThatThrownBy(() -> read(KEY, new ReadOptions(null, null, known)))
        .isInstanceOf(NotModifiedException.class);
    Preconditions other =
        new Preconditions(List.of(new ETag("other")), null, null, null, null, null);
    assertThatThrownBy(() -> read(KEY, new ReadOptions(null, null, other)))
        .isInstanceOf(S3Exception.class);
    assertThat(watched.gets).hasValue(1);
    assertThat(watched.heads).hasValue(0);
  }

  @Test
  void aCacheThatIsOpenedAgainHasWhatItHad() throws Exception {
    putFar(KEY, body(1000, 1));
    read(KEY);
    awaitCopies(1);
    cache = CacheFixture.over(watched.storage(), space);
    watched.down = true;
    assertThat(read(KEY)).isEqualTo(body(1000, 1));
  }

  @Test
  void manyReadersOfAColdObjectAreOneReadOfTheBackEnd() throws Exception {
    int readers = 64;
    byte[] body = body(200_000, 2);
    putFar(KEY, body);
    watched.pause = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(readers);
    try {
      CountDownLatch begun = new CountDownLatch(readers);
      List<Future<byte[]>> results = new ArrayList<>();
      Callable<byte[]> reader =
          () -> {
            ContractFixture.Collected collected = new ContractFixture.Collected();
            try (ObjectContent content = cache.objects().get(KEY, ReadOptions.ALL)) {
              begun.countDown();
              content.transferTo(collected);
            }
            return collected.toBytes();
          };
      for (int i = 0; i < readers; i++) {
        results.add(pool.submit(reader));
      }
      WatchedStorage.await(begun);
      watched.pause.countDown();
      for (Future<byte[]> result : results) {
        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(body);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(watched.gets).hasValue(1);
    awaitCopies(1);
  }

  @Test
  void aReadThatBreaksOffIsNotKept() throws Exception {
    putFar(KEY, body(100_000, 3));
    watched.cutAfter = 50_000;
    assertThatThrownBy(() -> read(KEY)).isInstanceOf(IOException.class);
    watched.cutAfter = Integer.MAX_VALUE;
    assertThat(copies()).isZero();
    assertThat(read(KEY)).isEqualTo(body(100_000, 3));
  }

  @Test
  void bytesThatAreNotWhatTheirTagSaysAreNotKept() throws Exception {
    far.objects()
        .put(
            KEY,
            write(),
            new io.sluice.storage.Payload() {
              private final io.sluice.storage.Payload bytes = BytesPayload.of("damaged");

              @Override
              public java.io.InputStream stream() {
                return bytes.stream();
              }

              @Override
              public java.util.OptionalLong lengthBytes() {
                return bytes.lengthBytes();
              }

              @Override
              public ETag etag() {
                return new ETag("0".repeat(32));
              }

              @Override
              public List<io.sluice.model.Checksum> checksums() {
                return List.of();
              }
            });
    read(KEY);
    read(KEY);
    TimeUnit.MILLISECONDS.sleep(200);
    assertThat(copies()).isZero();
  }

  @Test
  void aWriteThroughHereIsSeenByTheNextRead() throws Exception {
    putFar(KEY, body(1000, 1));
    read(KEY);
    awaitCopies(1);
    cache.objects().put(KEY, write(), BytesPayload.of("new"));
    assertThat(read(KEY)).isEqualTo("new".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    awaitCopies(1);
    cache.objects().delete(KEY, new DeleteOptions(Preconditions.NONE, "o", VersionGuard.NONE));
    assertThatThrownBy(() -> read(KEY))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY));
    assertThat(copies()).isZero();
  }

  @Test
  void whatIsWrittenWhileItIsReadIsNotKeptAsItWas() throws Exception {
    putFar(KEY, body(100_000, 1));
    watched.pause = new CountDownLatch(1);
    try (ObjectContent content = cache.objects().get(KEY, ReadOptions.ALL)) {
      cache.objects().put(KEY, write(), BytesPayload.of("new"));
      watched.pause.countDown();
      ContractFixture.Collected collected = new ContractFixture.Collected();
      content.transferTo(collected);
      assertThat(collected.toBytes()).isEqualTo(body(100_000, 1));
    }
    TimeUnit.MILLISECONDS.sleep(200);
    assertThat(copies()).isZero();
    assertThat(read(KEY)).hasSize(3);
  }

  @Test
  void aRangeOfAColdObjectIsAllThatIsRead() throws Exception {
    putFar(KEY, body(100_000, 1));
    ByteRange range = new ByteRange.FromTo(10, 19);
    assertThat(read(KEY, new ReadOptions(range, null, Preconditions.NONE))).hasSize(10);
    TimeUnit.MILLISECONDS.sleep(100);
    assertThat(copies()).isZero();
  }

  @Test
  void aValidatingCacheSeesWhatOthersChange() throws Exception {
    cache =
        CacheFixture.over(
            watched.storage(),
            space,
            "cache.validate-warm-get",
            "true",
            "cache.synchronize",
            "true");
    putFar(KEY, body(1000, 1));
    read(KEY);
    awaitCopies(1);
    read(KEY);
    assertThat(watched.gets).hasValue(1);
    putFar(KEY, body(1000, 2));
    assertThat(read(KEY)).isEqualTo(body(1000, 2));
    assertThat(watched.gets).hasValue(2);
    awaitCopies(1);
    far.objects().delete(KEY, new DeleteOptions(Preconditions.NONE, "o", VersionGuard.NONE));
    assertThatThrownBy(() -> read(KEY)).isInstanceOf(S3Exception.class);
    assertThat(copies()).isZero();
  }

  @Test
  void whatWasNotReadForLongestGoesFirst() throws Exception {
    cache = CacheFixture.over(watched.storage(), space, "cache.capacity", "10000");
    for (int i = 1; i <= 4; i++) {
      putFar(ref(i), body(2000, i));
      read(ref(i));
      awaitCopies(i);
    }
    read(ref(1));
    putFar(ref(5), body(2000, 5));
    read(ref(5));
    awaitCopies(3);
    watched.down = true;
    assertThat(read(ref(1))).isEqualTo(body(2000, 1));
    assertThat(read(ref(5))).isEqualTo(body(2000, 5));
    assertThatThrownBy(() -> read(ref(2))).isInstanceOf(S3Exception.class);
    watched.down = false;
    putFar(ref(6), body(5000, 6));
    assertThat(read(ref(6))).hasSize(5000);
    TimeUnit.MILLISECONDS.sleep(100);
    assertThat(copies()).isEqualTo(3);
  }

  private static ObjectRef ref(int number) {
    return ObjectRef.of(BUCKET, new ObjectKey("k" + number));
  }
}
