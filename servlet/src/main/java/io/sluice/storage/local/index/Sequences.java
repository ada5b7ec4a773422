package io.sluice.storage.local.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that never come twice, not even after a crash: blocks of them are reserved in {@code
 * meta} before they are used. Thread-safe.
 */
public final class Sequences implements Closeable {
  private static final long RESERVED = 1L << 20;
  private static final byte[] NEXT = IndexKeys.utf8("sequence");
  private static final byte[] NEXT_EPOCH = IndexKeys.utf8("epoch");
  private static final byte[] NEXT_BUCKET = IndexKeys.utf8("bucket");

  private final IndexDatabase database;
  private int buckets;
  private long next;
  private long reservedTo;
  private long epoch;

  public Sequences(IndexDatabase database) throws IOException {
    this.database = database;
    next = read(NEXT, 1);
    reservedTo = next;
    epoch = read(NEXT_EPOCH, 1);
    buckets = Math.toIntExact(read(NEXT_BUCKET, 1));
  }

  private long read(byte[] name, long otherwise) throws IOException {
    byte @Nullable [] value = database.get(Column.META, name);
    return value == null ? otherwise : ByteBuffer.wrap(value).getLong();
  }

  private void write(byte[] name, long value) throws IOException {
    database.write(new IndexBatch().put(Column.META, name, IndexKeys.id(value)));
    // A mark that a crash could take back would let numbers come twice.
    database.syncLog();
  }

  /** The next place in time. */
  public synchronized long next() throws IOException {
    if (next == reservedTo) {
      write(NEXT, next + RESERVED);
      reservedTo = next + RESERVED;
    }
    return next++;
  }

  /** The next directory of blobs. */
  public synchronized long nextEpoch() throws IOException {
    write(NEXT_EPOCH, epoch + 1);
    return epoch++;
  }

  /** The next bucket's id. */
  public synchronized int nextBucket() throws IOException {
    int id = buckets++;
    write(NEXT_BUCKET, id + 1L);
    return id;
  }

  /** Gives back what was reserved and not used. */
  @Override
  public synchronized void close() throws IOException {
    write(NEXT, next);
  }
}
