package io.sluice.storage.local.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of the index: big-endian integers and UTF-8, so that RocksDB's byte order is S3's. A bucket
 * id takes four bytes, a sequence eight. Stateless, thread-safe.
 */
public final class IndexKeys {
  /** Ends an object key in front of a sequence; no object key holds it. */
  public static final byte END = 0;

  /** Above every byte of UTF-8: behind a prefix, the end of all that begins with it. */
  public static final byte ABOVE = (byte) 0xff;

  /** Behind a key: above all rows of that key, below every longer key. */
  public static final byte BEHIND = 1;

  /** Above every row of every column: ids are below, and no UTF-8 begins so. */
  static final byte[] END_OF_COLUMN = {
    ABOVE, ABOVE, ABOVE, ABOVE, ABOVE, ABOVE, ABOVE, ABOVE, ABOVE
  };

  public static final int BUCKET_LENGTH = Integer.BYTES;

  /** Kind of {@link Column#JOBS}: a blob that may be free. */
  public static final char GARBAGE = 'g';

  /** Kind of {@link Column#JOBS}: a completed upload, by its sequence. */
  public static final char COMPLETED = 'c';

  /** Kind of {@link Column#JOBS}: a rename that was asked for with a client token. */
  public static final char RENAMED = 'r';

  private IndexKeys() {}

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] bucket(int bucketId) {
    return ByteBuffer.allocate(BUCKET_LENGTH).putInt(bucketId).array();
  }

  /** Row of {@code current}, and of {@code nulls}. */
  public static byte[] object(int bucketId, byte[] key) {
    return ByteBuffer.allocate(BUCKET_LENGTH + key.length).putInt(bucketId).put(key).array();
  }

  /** The same followed by one byte: a place to seek to. */
  public static byte[] place(int bucketId, byte[] key, byte behind) {
    return ByteBuffer.allocate(BUCKET_LENGTH + key.length + 1)
        .putInt(bucketId)
        .put(key)
        .put(behind)
        .array();
  }

  /** Row of {@code versions}: the newest version of a key sorts first. */
  public static byte[] version(int bucketId, byte[] key, long sequence) {
    return sequenced(bucketId, key, ~sequence);
  }

  /** Row of {@code uploads}: the oldest upload of a key sorts first. */
  public static byte[] upload(int bucketId, byte[] key, long sequence) {
    return sequenced(bucketId, key, sequence);
  }

  private static byte[] sequenced(int bucketId, byte[] key, long order) {
    return ByteBuffer.allocate(BUCKET_LENGTH + key.length + 1 + Long.BYTES)
        .putInt(bucketId)
        .put(key)
        .put(END)
        .putLong(order)
        .array();
  }

  /** The object key in a row of {@code current}. */
  public static byte[] keyOfObject(byte[] row) {
    return Arrays.copyOfRange(row, BUCKET_LENGTH, row.length);
  }

  /** The object key in a row of {@code versions} or {@code uploads}. */
  public static byte[] keyOfSequenced(byte[] row) {
    return Arrays.copyOfRange(row, BUCKET_LENGTH, row.length - Long.BYTES - 1);
  }

  /** The last eight bytes of a row. */
  public static long lastLong(byte[] row) {
    return ByteBuffer.wrap(row).getLong(row.length - Long.BYTES);
  }

  /** Row of {@code inline}, {@code blobs}, {@code manifests}. */
  public static byte[] id(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  /** Row of {@code parts}. */
  public static byte[] part(long uploadSequence, int partNumber) {
    return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
        .putLong(uploadSequence)
        .putInt(partNumber)
        .array();
  }

  /** Row of {@code documents}; an empty name is the place in front of all. */
  public static byte[] document(long sequence, String name) {
    byte[] text = utf8(name);
    return ByteBuffer.allocate(Long.BYTES + text.length).putLong(sequence).put(text).array();
  }

  /** Row of {@code references}: who holds a blob, by the sequence of the version or part. */
  public static byte[] reference(long blobId, long ownerSequence) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(blobId).putLong(ownerSequence).array();
  }

  /** Row of {@code buckets} that names a bucket. */
  public static byte[] bucketName(String name) {
    return utf8("b" + name);
  }

  /** Row of {@code buckets} that holds a settings document; an empty name is in front of all. */
  public static byte[] setting(int bucketId, String name) {
    byte[] text = utf8(name);
    return ByteBuffer.allocate(1 + BUCKET_LENGTH + text.length)
        .put((byte) 's')
        .putInt(bucketId)
        .put(text)
        .array();
  }

  /** Row of {@code jobs}: a rename, by its bucket and the digest of its client token. */
  public static byte[] renamed(int bucketId, byte[] tokenDigest) {
    return ByteBuffer.allocate(1 + BUCKET_LENGTH + tokenDigest.length)
        .put((byte) RENAMED)
        .putInt(bucketId)
        .put(tokenDigest)
        .array();
  }

  /** Row of {@code jobs}: a kind and a number. */
  public static byte[] job(char kind, long id) {
    return ByteBuffer.allocate(1 + Long.BYTES).put((byte) kind).putLong(id).array();
  }
}
