package io.sluice.storage.local.index;

import io.sluice.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one mutation changes, in order, and which blobs may be free once it is committed. It holds
 * nothing native, so that it can be filled and dropped at any time. Confined to one thread.
 */
public final class IndexBatch {
  /** The {@link #usageBucket()} of a batch that changes no bucket's contents. */
  public static final int NO_BUCKET = -1;

  private static final byte[] NOTHING = {};

  private final List<Change> changes = new ArrayList<>();
  private final List<Long> released = new ArrayList<>();
  private Usage usage = Usage.NONE;
  private int usageBucket = NO_BUCKET;

  /**
   * A change of a row.
   *
   * @param column where
   * @param key which
   * @param value its new value; null deletes it
   * @param end with no value, the end (exclusive) of the rows to delete; null for the one row
   */
  @SuppressWarnings("ArrayRecordComponent") // Not compared.
  record Change(Column column, byte[] key, byte @Nullable [] value, byte @Nullable [] end) {}

  /** Puts a row. */
  public IndexBatch put(Column column, byte[] key, byte[] value) {
    changes.add(new Change(column, key, value, null));
    return this;
  }

  /** Deletes a row. */
  public IndexBatch delete(Column column, byte[] key) {
    changes.add(new Change(column, key, null, null));
    return this;
  }

  /** Deletes the rows from one, inclusive, to another, exclusive: cheap for many, dear for few. */
  public IndexBatch deleteRange(Column column, byte[] from, byte[] to) {
    changes.add(new Change(column, from, null, to));
    return this;
  }

  /** Lets an owner hold extents. */
  public void hold(List<Extent> extents, long ownerSequence) {
    for (Extent extent : extents) {
      if (!extent.isInline()) {
        put(Column.REFERENCES, IndexKeys.reference(extent.id(), ownerSequence), NOTHING);
      }
    }
  }

  /** Lets an owner let go of extents; what nobody holds any more is freed later. */
  public void release(List<Extent> extents, long ownerSequence) {
    for (Extent extent : extents) {
      if (extent.isInline()) {
        delete(Column.INLINE, IndexKeys.id(extent.id()));
      } else {
        delete(Column.REFERENCES, IndexKeys.reference(extent.id(), ownerSequence));
        put(Column.JOBS, IndexKeys.job(IndexKeys.GARBAGE, extent.id()), NOTHING);
        released.add(extent.id());
      }
    }
  }

  /** Counts what a bucket takes more. A batch changes the usage of one bucket. */
  public void add(int bucketId, Usage more) {
    if (usageBucket != NO_BUCKET && usageBucket != bucketId) {
      throw new IllegalStateException("A batch counts for one bucket");
    }
    usageBucket = bucketId;
    usage = usage.plus(more);
  }

  /** Counts what a bucket takes less. */
  public void subtract(int bucketId, Usage less) {
    add(bucketId, Usage.NONE.minus(less));
  }

  /** By how much the usage of {@link #usageBucket()} changes. */
  public Usage usage() {
    return usage;
  }

  /** The bucket whose contents change, or {@link #NO_BUCKET}. */
  public int usageBucket() {
    return usageBucket;
  }

  /** Whether nothing changes. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** The blobs that were let go. */
  public List<Long> released() {
    return released;
  }

  List<Change> changes() {
    return changes;
  }
}
