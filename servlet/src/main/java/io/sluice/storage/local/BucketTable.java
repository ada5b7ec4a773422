package io.sluice.storage.local;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.storage.local.index.BucketRecord;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import io.sluice.storage.local.index.Place;
import io.sluice.storage.option.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** All bucket records, kept in memory and written through by the bucket store. Thread-safe. */
final class BucketTable {
  private static final int MAX_SETTINGS = 4096;
  private static final int MAX_SETTING_BYTES = 4096;

  private final ConcurrentSkipListMap<String, BucketRecord> records = new ConcurrentSkipListMap<>();
  private final Map<Integer, Durability> durabilities = new ConcurrentHashMap<>();

  /** Some settings as they stand in the index, and which ones are not there. */
  private final Map<Setting, Optional<byte[]>> settings = new ConcurrentHashMap<>();

  private final IndexDatabase database;

  private record Setting(int bucketId, String name) {}

  BucketTable(IndexDatabase database) throws IOException {
    this.database = database;
    byte[] from = IndexKeys.bucketName("");
    byte[] to = {(byte) (from[0] + 1)};
    try (IndexScan scan = database.scan(Column.BUCKETS, from, to)) {
      for (; scan.valid(); scan.next()) {
        put(IndexCodec.bucket(scan.value()));
      }
    }
    for (BucketRecord bucket : records.values()) {
      byte @Nullable [] document =
          database.get(Column.BUCKETS, IndexKeys.setting(bucket.id(), Durability.SETTING));
      if (document != null) {
        setDurability(bucket.id(), Durability.parse(document));
      }
    }
  }

  /** The durability that a bucket was set to; empty when it was not. */
  Optional<Durability> durability(int bucketId) {
    return Optional.ofNullable(durabilities.get(bucketId));
  }

  /** Sets a bucket's durability, or with null leaves it to the store. */
  void setDurability(int bucketId, @Nullable Durability durability) {
    if (durability == null) {
      durabilities.remove(bucketId);
    } else {
      durabilities.put(bucketId, durability);
    }
  }

  /**
   * A setting of a bucket. Requests ask for several each, so those that are small are kept; the
   * array is not to be changed.
   */
  Optional<byte[]> setting(int bucketId, String name) throws IOException {
    Setting asked = new Setting(bucketId, name);
    Optional<byte[]> known = settings.get(asked);
    if (known != null) {
      return known;
    }
    if (settings.size() >= MAX_SETTINGS) {
      settings.clear();
    }
    try {
      // Reading while the entry is locked: a change that comes meanwhile forgets what was read.
      Optional<byte[]> read = settings.computeIfAbsent(asked, this::read);
      if (read.isPresent() && read.get().length > MAX_SETTING_BYTES) {
        settings.remove(asked, read);
      }
      return read;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Optional<byte[]> read(Setting asked) {
    try {
      return Optional.ofNullable(
          database.get(Column.BUCKETS, IndexKeys.setting(asked.bucketId(), asked.name())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets a setting that was changed, once the change is committed. */
  void changed(int bucketId, String name) {
    settings.remove(new Setting(bucketId, name));
  }

  ConcurrentSkipListMap<String, BucketRecord> records() {
    return records;
  }

  @Nullable BucketRecord find(String name) {
    return records.get(name);
  }

  /**
   * A bucket.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  BucketRecord require(BucketName name) {
    BucketRecord found = records.get(name.value());
    if (found == null) {
      throw S3ErrorCode.NO_SUCH_BUCKET.exception().with("BucketName", name);
    }
    return found;
  }

  /** Where a ref's key is. */
  Place place(ObjectRef ref) {
    return place(ref.bucket(), ref.key());
  }

  /** Where a key is. */
  Place place(BucketName bucket, ObjectKey key) {
    return Place.of(require(bucket), key);
  }

  void put(BucketRecord bucket) {
    records.put(bucket.info().name().value(), bucket);
  }

  void remove(BucketName name) {
    records.remove(name.value());
  }
}
