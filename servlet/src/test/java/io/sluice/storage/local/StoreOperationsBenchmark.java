package io.sluice.storage.local;

import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.ContentSink;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.memory.BytesPayload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Committing, reading, listing and opening, each by itself, in a store of so many keys. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StoreOperationsBenchmark {
  private static final BucketName BUCKET = new BucketName("bench");
  private static final WriteOptions WRITE =
      new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "0".repeat(64));
  private static final byte[] SMALL = new byte[4 << 10];
  private static final byte[] LARGE = new byte[1 << 20];

  @Param({"10000", "1000000"})
  public int keys;

  private final AtomicLong next = new AtomicLong();
  private Path directory;
  private Storage storage;

  /** Takes everything and keeps a sum. */
  private static final class Counting implements ContentSink {
    private long bytes;

    @Override
    public void write(byte[] source, int offset, int length) {
      bytes += length;
    }

    @Override
    public void write(ByteBuffer buffer) {
      bytes += buffer.remaining();
      buffer.position(buffer.limit());
    }
  }

  @Setup(Level.Trial)
  public void fill() throws IOException {
    directory = Files.createTempDirectory("store-bench");
    try (Storage relaxed = open("relaxed")) {
      relaxed
          .buckets()
          .create(
              new BucketInfo(
                  BUCKET, Instant.now(), "us-east-1", "0".repeat(64), Versioning.UNVERSIONED, ""));
      for (int i = 0; i < keys; i++) {
        relaxed.objects().put(ref("key-" + i), WRITE, BytesPayload.of(new byte[] {1}));
      }
      relaxed.objects().put(ref("small"), WRITE, BytesPayload.of(SMALL));
      relaxed.objects().put(ref("large"), WRITE, BytesPayload.of(LARGE));
    }
    storage = open("group");
  }

  private Storage open(String durability) throws IOException {
    return LocalFixture.open(directory, Map.of("durability", durability, "scrub-rate", "0"));
  }

  @TearDown(Level.Trial)
  public void remove() throws IOException {
    storage.close();
    try (var files = Files.walk(directory)) {
      for (Path file :
          (Iterable<Path>) files.sorted(java.util.Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }

  private static ObjectRef ref(String key) {
    return ObjectRef.of(BUCKET, new ObjectKey(key));
  }

  @Benchmark
  public ObjectInfo commitByOne() throws IOException {
    return storage
        .objects()
        .put(ref("new-" + next.getAndIncrement() % 1000), WRITE, BytesPayload.of(SMALL));
  }

  @Benchmark
  @Threads(64)
  public ObjectInfo commitBy64() throws IOException {
    return commitByOne();
  }

  @Benchmark
  public ObjectInfo head() throws IOException {
    return storage.objects().head(ref("small"), ReadOptions.ALL);
  }

  @Benchmark
  public long readSmall() throws IOException {
    return read("small");
  }

  @Benchmark
  public long readLarge() throws IOException {
    return read("large");
  }

  private long read(String key) throws IOException {
    Counting sink = new Counting();
    try (ObjectContent content = storage.objects().get(ref(key), ReadOptions.ALL)) {
      content.transferTo(sink);
    }
    return sink.bytes;
  }

  @Benchmark
  public Listing pageInTheMiddle() throws IOException {
    return storage.objects().list(BUCKET, new ListQuery("", null, "key-5", 1000));
  }

  @Benchmark
  public long closeOpenAndRead() throws IOException {
    storage.close();
    storage = open("group");
    return read("small");
  }
}
