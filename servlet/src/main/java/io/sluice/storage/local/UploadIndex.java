package io.sluice.storage.local;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.Usage;
import io.sluice.storage.UploadRef;
import io.sluice.storage.local.index.BucketRecord;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import io.sluice.storage.local.index.OpaqueIds;
import io.sluice.storage.local.index.PartRecord;
import io.sluice.storage.local.index.Place;
import io.sluice.storage.local.index.UploadRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The uploads and parts in the index. Thread-safe. */
final class UploadIndex {
  private final LocalEngine engine;

  UploadIndex(LocalEngine engine) {
    this.engine = engine;
  }

  /**
   * The sequence in an upload's id.
   *
   * @throws S3Exception NoSuchUpload when it is no id of ours
   */
  static long sequence(UploadRef upload) {
    OptionalLong sequence = OpaqueIds.decode(upload.uploadId());
    if (sequence.isEmpty()) {
      throw missing(upload);
    }
    return sequence.getAsLong();
  }

  static S3Exception missing(UploadRef upload) {
    return S3ErrorCode.NO_SUCH_UPLOAD.exception().with("UploadId", upload.uploadId());
  }

  /** An upload under way, or null. */
  @Nullable UploadRecord find(Place place, long sequence) throws IOException {
    byte[] row = IndexKeys.upload(place.bucketId(), place.utf8(), sequence);
    byte @Nullable [] bytes = engine.database().get(Column.UPLOADS, row);
    return bytes == null ? null : IndexCodec.upload(bytes);
  }

  /**
   * An upload under way.
   *
   * @throws S3Exception NoSuchUpload
   */
  UploadRecord require(Place place, UploadRef ref) throws IOException {
    UploadRecord upload = find(place, sequence(ref));
    if (upload == null) {
      throw missing(ref);
    }
    return upload;
  }

  void put(IndexBatch batch, Place place, UploadRecord upload) throws IOException {
    byte[] row = IndexKeys.upload(place.bucketId(), place.utf8(), upload.sequence());
    batch.put(Column.UPLOADS, row, IndexCodec.encode(upload));
  }

  @Nullable PartRecord part(long upload, int partNumber) throws IOException {
    byte @Nullable [] bytes =
        engine.database().get(Column.PARTS, IndexKeys.part(upload, partNumber));
    return bytes == null ? null : IndexCodec.part(bytes);
  }

  /** Puts a part in the place of the one before. */
  void putPart(IndexBatch batch, Place place, long upload, PartRecord part) throws IOException {
    int number = part.info().partNumber();
    PartRecord replaced = part(upload, number);
    if (replaced != null) {
      batch.release(replaced.extents(), replaced.sequence());
      batch.subtract(place.bucketId(), Usage.ofPart(replaced.info().sizeBytes()));
    }
    batch.add(place.bucketId(), Usage.ofPart(part.info().sizeBytes()));
    batch.put(Column.PARTS, IndexKeys.part(upload, number), IndexCodec.encode(part));
  }

  /** What a part of this number would replace. */
  Usage replacedPart(long upload, int partNumber) throws IOException {
    PartRecord replaced = part(upload, partNumber);
    return replaced == null ? Usage.NONE : Usage.ofPart(replaced.info().sizeBytes());
  }

  /** Parts by number, above one. */
  Map<Integer, PartRecord> parts(long upload, int after, int limit) throws IOException {
    Map<Integer, PartRecord> parts = new TreeMap<>();
    try (IndexScan scan =
        engine
            .database()
            .scan(Column.PARTS, IndexKeys.part(upload, after + 1), IndexKeys.part(upload + 1, 0))) {
      for (; scan.valid() && parts.size() < limit; scan.next()) {
        PartRecord part = IndexCodec.part(scan.value());
        parts.put(part.info().partNumber(), part);
      }
    }
    return parts;
  }

  /** Drops an upload with its parts. */
  void drop(IndexBatch batch, Place place, long upload) throws IOException {
    dropParts(batch, place.bucketId(), upload);
    batch.delete(Column.UPLOADS, IndexKeys.upload(place.bucketId(), place.utf8(), upload));
  }

  private void dropParts(IndexBatch batch, int bucketId, long upload) throws IOException {
    for (PartRecord part : parts(upload, 0, Integer.MAX_VALUE).values()) {
      batch.release(part.extents(), part.sequence());
      batch.delete(Column.PARTS, IndexKeys.part(upload, part.info().partNumber()));
      batch.subtract(bucketId, Usage.ofPart(part.info().sizeBytes()));
    }
  }

  /** Drops all uploads of a bucket, which the caller has locked. */
  void dropAll(IndexBatch batch, int bucketId) throws IOException {
    try (IndexScan scan =
        engine
            .database()
            .scan(Column.UPLOADS, IndexKeys.bucket(bucketId), IndexKeys.bucket(bucketId + 1))) {
      for (; scan.valid(); scan.next()) {
        long upload = IndexKeys.lastLong(scan.key());
        dropParts(batch, bucketId, upload);
        batch.delete(Column.UPLOADS, scan.key());
      }
    }
  }

  /** Drops the uploads begun before a time. */
  void expire(Instant limit) throws IOException {
    for (BucketRecord bucket : engine.buckets().records().values()) {
      for (UploadRecord upload : begunBefore(bucket, limit)) {
        Place place = Place.of(bucket, upload.info().key());
        try (KeyLocks.Held held = engine.locks().upload(place, upload.sequence())) {
          IndexBatch batch = engine.batch(held);
          if (find(place, upload.sequence()) != null) {
            drop(batch, place, upload.sequence());
            engine.commit(batch, null);
          }
        }
      }
    }
  }

  private List<UploadRecord> begunBefore(BucketRecord bucket, Instant limit) throws IOException {
    List<UploadRecord> old = new ArrayList<>();
    int id = bucket.id();
    try (IndexScan scan =
        engine.database().scan(Column.UPLOADS, IndexKeys.bucket(id), IndexKeys.bucket(id + 1))) {
      for (; scan.valid(); scan.next()) {
        UploadRecord upload = IndexCodec.upload(scan.value());
        if (upload.info().initiatedAt().isBefore(limit)) {
          old.add(upload);
        }
      }
    }
    return old;
  }
}
