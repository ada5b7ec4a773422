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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** All bucket records, kept in memory and written through by the bucket store. Thread-safe. */
final class BucketTable {
  private final ConcurrentSkipListMap<String, BucketRecord> records = new ConcurrentSkipListMap<>();
  private final Map<Integer, Durability> durabilities = new ConcurrentHashMap<>();

  BucketTable(IndexDatabase database) throws IOException {
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
