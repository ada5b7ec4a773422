package io.sluice.storage.local.index;

import io.sluice.model.Usage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usage counters of buckets: a row for each number, whose value RocksDB adds up by itself. A
 * commit therefore reads no counter and waits for no other commit. RocksDB adds without a sign and
 * without noticing an overflow, so that two's complement makes what is taken away right as well.
 * Stateless, thread-safe.
 */
public final class UsageRows {
  /** The order of the counters in the rows' last byte. */
  private static final int COUNTERS = 4;

  private UsageRows() {}

  /** What a batch adds to the counters of its bucket; its values are to be merged, not put. */
  static List<IndexBatch.Change> merges(IndexBatch batch) {
    return changes(batch.usageBucket(), batch.usage());
  }

  private static List<IndexBatch.Change> changes(int bucketId, Usage usage) {
    if (usage.equals(Usage.NONE)) {
      return List.of();
    }
    long[] numbers = {usage.bytes(), usage.objects(), usage.partBytes(), usage.parts()};
    List<IndexBatch.Change> changes = new ArrayList<>(COUNTERS);
    for (int counter = 0; counter < COUNTERS; counter++) {
      if (numbers[counter] != 0) {
        byte[] value = littleEndian().putLong(numbers[counter]).array();
        changes.add(new IndexBatch.Change(Column.USAGE, row(bucketId, counter), value, null));
      }
    }
    return changes;
  }

  private static ByteBuffer littleEndian() {
    // RocksDB's own order of the numbers that it adds.
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] row(int bucketId, int counter) {
    return ByteBuffer.allocate(IndexKeys.BUCKET_LENGTH + 1)
        .putInt(bucketId)
        .put((byte) counter)
        .array();
  }

  /** The counters of a bucket. */
  public static Usage read(Rows rows, int bucketId) throws IOException {
    long[] numbers = new long[COUNTERS];
    for (int counter = 0; counter < COUNTERS; counter++) {
      byte @Nullable [] value = rows.get(Column.USAGE, row(bucketId, counter));
      if (value != null) {
        numbers[counter] = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
      }
    }
    return new Usage(numbers[0], numbers[1], numbers[2], numbers[3]);
  }

  /** Sets the counters of a bucket, whatever they were. */
  public static void put(IndexBatch batch, int bucketId, Usage usage) {
    delete(batch, bucketId);
    for (IndexBatch.Change change : changes(bucketId, usage)) {
      byte @Nullable [] value = change.value();
      if (value != null) {
        batch.put(change.column(), change.key(), value);
      }
    }
  }

  /** Deletes the counters of a bucket. */
  public static void delete(IndexBatch batch, int bucketId) {
    for (int counter = 0; counter < COUNTERS; counter++) {
      batch.delete(Column.USAGE, row(bucketId, counter));
    }
  }

  /**
   * Counts what a bucket takes by walking its versions, uploads and parts. Exact while nothing is
   * written to the bucket.
   */
  public static Usage recount(Rows rows, int bucketId) throws IOException {
    return versions(rows, Column.CURRENT, bucketId)
        .plus(versions(rows, Column.VERSIONS, bucketId))
        .plus(parts(rows, bucketId));
  }

  private static Usage versions(Rows rows, Column column, int bucketId) throws IOException {
    long bytes = 0;
    long objects = 0;
    try (IndexScan scan =
        rows.scan(column, IndexKeys.bucket(bucketId), IndexKeys.bucket(bucketId + 1))) {
      for (; scan.valid(); scan.next()) {
        VersionRecord version = IndexCodec.version(scan.value());
        if (!version.flags().deleteMarker()) {
          bytes += version.sizeBytes();
          objects++;
        }
      }
    }
    return new Usage(bytes, objects, 0, 0);
  }

  private static Usage parts(Rows rows, int bucketId) throws IOException {
    long bytes = 0;
    long parts = 0;
    try (IndexScan uploads =
        rows.scan(Column.UPLOADS, IndexKeys.bucket(bucketId), IndexKeys.bucket(bucketId + 1))) {
      for (; uploads.valid(); uploads.next()) {
        long upload = IndexKeys.lastLong(uploads.key());
        try (IndexScan scan =
            rows.scan(Column.PARTS, IndexKeys.part(upload, 0), IndexKeys.part(upload + 1, 0))) {
          for (; scan.valid(); scan.next()) {
            bytes += IndexCodec.part(scan.value()).info().sizeBytes();
            parts++;
          }
        }
      }
    }
    return new Usage(0, 0, bytes, parts);
  }
}
