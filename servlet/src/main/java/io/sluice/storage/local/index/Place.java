package io.sluice.storage.local.index;

import io.sluice.model.ObjectKey;
import io.sluice.model.Versioning;

/**
 * A key of a bucket, ready for the index. Immutable.
 *
 * @param bucket the bucket
 * @param key the key
 * @param utf8 the key's bytes
 */
// Not compared, and not handed out.
@SuppressWarnings("ArrayRecordComponent")
public record Place(BucketRecord bucket, ObjectKey key, byte[] utf8) {
  public static Place of(BucketRecord bucket, ObjectKey key) {
    return new Place(bucket, key, IndexKeys.utf8(key.value()));
  }

  public int bucketId() {
    return bucket.id();
  }

  public String bucketName() {
    return bucket.info().name().value();
  }

  public Versioning versioning() {
    return bucket.versioning();
  }

  /** The row in {@code current}. */
  public byte[] row() {
    return IndexKeys.object(bucketId(), utf8);
  }

  /** The row of a version in {@code versions}. */
  public byte[] row(long sequence) {
    return IndexKeys.version(bucketId(), utf8, sequence);
  }
}
