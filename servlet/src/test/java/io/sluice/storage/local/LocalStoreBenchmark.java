package io.sluice.storage.local;

import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ListQuery;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.CompleteOptions.CompletedPart;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.PartSource;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadRef;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.memory.BytesPayload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * What the local store costs, beside RocksDB and files alone in the same run. Not a test: {@code
 * mvn -q -pl servlet test-compile exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=io.sluice.storage.local.LocalStoreBenchmark -Dexec.args="DIR commit|parts|list
 * [KEYS]"}. Figures stand in {@code docs/PERFORMANCE.md}.
 */
public final class LocalStoreBenchmark {
  private static final PrintStream OUT = System.out;
  private static final BucketName BUCKET = new BucketName("bench");
  private static final WriteOptions WRITE =
      new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "0".repeat(64));
  private static final int THREADS = 64;
  private static final int ROUNDS = 3;
  private static final long ROUND_SECONDS = 5;

  private final Path directory;

  private LocalStoreBenchmark(Path directory) {
    this.directory = directory;
  }

  /** One writer's unit of work. */
  @FunctionalInterface
  private interface Work {
    void run(long number) throws IOException, RocksDBException;
  }

  /** Runs the cases named. */
  public static void main(String[] args) throws Exception {
    LocalStoreBenchmark benchmark =
        new LocalStoreBenchmark(Files.createDirectories(Path.of(args[0])));
    switch (args[1]) {
      case "commit" -> benchmark.commit();
      case "parts" -> benchmark.parts();
      case "list" -> benchmark.list(Long.parseLong(args[2]));
      default -> throw new IllegalArgumentException(args[1]);
    }
  }

  private Storage open(String name, String durability) throws IOException {
    Map<String, String> settings =
        Map.of("data", directory.resolve(name).toString(), "durability", durability);
    Storage storage = new LocalStorageProvider().open(settings);
    if (storage.buckets().list("", null, 1).isEmpty()) {
      storage
          .buckets()
          .create(
              new BucketInfo(
                  BUCKET, Instant.EPOCH, "us-east-1", "0".repeat(64), Versioning.UNVERSIONED, ""));
    }
    return storage;
  }

  /** Durable commits of 4 KiB: the store, RocksDB alone, a file each; in turn, medians. */
  private void commit() throws Exception {
    byte[] value = new byte[4096];
    new Random(1).nextBytes(value);
    Path files = Files.createDirectories(directory.resolve("files"));
    List<Double> store = new ArrayList<>();
    List<Double> rocks = new ArrayList<>();
    List<Double> file = new ArrayList<>();
    try (Storage storage = open("store", "group");
        Options options = new Options().setCreateIfMissing(true);
        RocksDB database = RocksDB.open(options, directory.resolve("rocks").toString());
        org.rocksdb.WriteOptions sync = new org.rocksdb.WriteOptions().setSync(true)) {
      Work put = number -> storage.objects().put(key(number), WRITE, BytesPayload.of(value));
      Work bare =
          number -> database.put(sync, ByteBuffer.allocate(8).putLong(number).array(), value);
      Work alone = number -> writeFile(files, number, value);
      rate(put);
      rate(bare);
      for (int round = 0; round < ROUNDS; round++) {
        store.add(rate(put));
        rocks.add(rate(bare));
        file.add(rate(alone));
      }
    }
    OUT.printf(
        "commit 4 KiB, %d threads, per second: store %.0f, RocksDB alone %.0f (%.2f), file + fsync"
            + " %.0f (%.1f)%n",
        THREADS,
        median(store),
        median(rocks),
        median(store) / median(rocks),
        median(file),
        median(store) / median(file));
  }

  /** What a store of plain files does: write aside, sync, rename, sync the directory. */
  private static void writeFile(Path files, long number, byte[] value) throws IOException {
    Path partial = files.resolve(number + ".partial");
    try (FileChannel channel =
        FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(value));
      channel.force(false);
    }
    Files.move(partial, files.resolve(Long.toString(number)), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel parent = FileChannel.open(files, StandardOpenOption.READ)) {
      parent.force(true);
    }
  }

  private static double rate(Work work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    AtomicLong done = new AtomicLong();
    AtomicReference<Exception> failure = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(THREADS);
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(ROUND_SECONDS);
    for (int thread = 0; thread < THREADS; thread++) {
      pool.execute(
          () -> {
            try {
              while (System.nanoTime() < end) {
                work.run(done.incrementAndGet());
              }
            } catch (IOException | RocksDBException e) {
              failure.set(e);
            } finally {
              ended.countDown();
            }
          });
    }
    ended.await();
    pool.shutdown();
    if (failure.get() != null) {
      throw failure.get();
    }
    return done.get() * 1e9 / (System.nanoTime() - start);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static ObjectRef key(long number) {
    return ObjectRef.of(BUCKET, new ObjectKey("k/%012d".formatted(number)));
  }

  /** Copies and completions, which write references alone. */
  private void parts() throws Exception {
    try (Storage storage = open("parts", "group")) {
      ObjectRef source = ObjectRef.of(BUCKET, new ObjectKey("source"));
      storage.objects().put(source, WRITE, BytesPayload.of(new byte[64 << 20]));
      for (int round = 0; round < ROUNDS; round++) {
        assemble(storage, source, "five-gib", 80);
        assemble(storage, source, "ten-thousand", 10_000);
        timed(
            "copy of 5 GiB",
            () ->
                storage
                    .objects()
                    .copy(
                        ObjectRef.of(BUCKET, new ObjectKey("five-gib")),
                        ObjectRef.of(BUCKET, new ObjectKey("copy")),
                        new CopyOptions(
                            Preconditions.NONE,
                            null,
                            Set.of(),
                            Map.of(),
                            Preconditions.NONE,
                            "0".repeat(64),
                            null)));
      }
    }
  }

  private static void assemble(Storage storage, ObjectRef source, String key, int parts)
      throws Exception {
    ObjectRef target = ObjectRef.of(BUCKET, new ObjectKey(key));
    String id = storage.uploads().create(target, new UploadOptions(WRITE, null, null)).uploadId();
    UploadRef upload = new UploadRef(BUCKET, target.key(), id);
    List<CompletedPart> listed = new ArrayList<>();
    for (int number = 1; number <= parts; number++) {
      PartSource part = new PartSource(source, null, Preconditions.NONE);
      listed.add(
          new CompletedPart(
              number, storage.uploads().copyPart(upload, number, part).etag(), List.of()));
    }
    timed(
        "completion of " + parts + " parts",
        () ->
            storage
                .uploads()
                .complete(upload, new CompleteOptions(listed, Preconditions.NONE, null, null)));
  }

  /** A step that is timed. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private static void timed(String what, Step step) throws IOException {
    long written = bytesWritten();
    long start = System.nanoTime();
    step.run();
    OUT.printf(
        "%s: %.1f ms, %d KiB written%n",
        what, (System.nanoTime() - start) / 1e6, (bytesWritten() - written) / 1024);
  }

  private static long bytesWritten() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/io"))) {
      if (line.startsWith("wchar:")) {
        return Long.parseLong(line.substring("wchar:".length()).strip());
      }
    }
    return 0;
  }

  /** Pages of 1,000 keys in a bucket of so many, half of them behind prefixes of a million each. */
  private void list(long keys) throws Exception {
    try (Storage storage = open("list-" + keys, "relaxed")) {
      load(storage, keys);
    }
    long start = System.nanoTime();
    try (Storage storage = open("list-" + keys, "group")) {
      storage.objects().head(key(0), ReadOptions.ALL);
      OUT.printf("%d keys: open and first read %.0f ms%n", keys, (System.nanoTime() - start) / 1e6);
      String middle = "k/%012d".formatted(keys / 2);
      page(storage, keys, "front", new ListQuery("", null, null, 1000));
      page(storage, keys, "middle", new ListQuery("", null, middle, 1000));
      page(
          storage,
          keys,
          "prefix in the middle",
          new ListQuery(middle.substring(0, 9), null, null, 1000));
      page(storage, keys, "behind a delimiter", new ListQuery("", "/", null, 1000));
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM")) {
          OUT.println(line);
        }
      }
    }
  }

  private static void load(Storage storage, long keys) throws Exception {
    if (!storage.objects().list(BUCKET, new ListQuery("", null, null, 1)).objects().isEmpty()) {
      return;
    }
    byte[] body = new byte[16];
    AtomicLong next = new AtomicLong();
    AtomicReference<IOException> failure = new AtomicReference<>();
    Thread[] loaders = new Thread[4];
    for (int i = 0; i < loaders.length; i++) {
      loaders[i] =
          new Thread(
              () -> {
                try {
                  for (long n = next.getAndIncrement(); n < keys; n = next.getAndIncrement()) {
                    storage.objects().put(key(n), WRITE, BytesPayload.of(body));
                  }
                } catch (IOException e) {
                  failure.set(e);
                }
              });
      loaders[i].start();
    }
    for (Thread loader : loaders) {
      loader.join();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private static void page(Storage storage, long keys, String where, ListQuery query)
      throws IOException {
    double[] millis = new double[200];
    for (int i = 0; i < millis.length; i++) {
      long start = System.nanoTime();
      storage.objects().list(BUCKET, query);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    OUT.printf("%d keys, page %s: median %.2f ms%n", keys, where, millis[millis.length / 2]);
  }
}
