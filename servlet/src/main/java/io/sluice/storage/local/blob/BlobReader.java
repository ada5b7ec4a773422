package io.sluice.storage.local.blob;

import io.sluice.storage.ContentSink;
import io.sluice.storage.encryption.BlockCipher;
import io.sluice.storage.encryption.DataKey;
import io.sluice.storage.local.index.BlobRecord;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads regions of blob files block by block, each verified whole before any of it is handed out.
 * Direct buffers, since a container copies heap ones once more; pooled, and not by thread, since
 * threads may be virtual. Thread-safe.
 */
public final class BlobReader {
  private static final Logger LOG = LoggerFactory.getLogger(BlobReader.class);
  private static final int POOLED_BUFFERS = 64;

  /** Some blocks at once: fewer calls of the system, and still in the processor's cache. */
  private static final int BUFFER_BYTES = 4 * BlobRecord.BLOCK_BYTES;

  private final IndexDatabase database;
  private final BlobDirectory blobs;
  private final boolean verifying;
  private final ConcurrentLinkedQueue<ByteBuffer> pool = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pooled = new AtomicInteger();

  /**
   * A reader.
   *
   * @param verifying whether block checksums are compared
   */
  public BlobReader(IndexDatabase database, BlobDirectory blobs, boolean verifying) {
    this.database = database;
    this.blobs = blobs;
    this.verifying = verifying;
  }

  /**
   * Sends a region.
   *
   * @throws IOException when the bytes are damaged or missing; nothing of a bad block was sent
   */
  public void send(Extent extent, ContentSink sink) throws IOException {
    BlobRecord record = record(extent.id());
    ByteBuffer buffer = take();
    try (FileChannel channel = FileChannel.open(blobs.path(extent.id()), StandardOpenOption.READ)) {
      long position = extent.offset();
      long end = position + extent.length();
      while (position < end) {
        long start = verifying ? position - position % BlobRecord.BLOCK_BYTES : position;
        long wanted = Math.min(start + BUFFER_BYTES, end);
        // Blocks are verified whole.
        long stop = verifying ? Math.min(endOfBlock(wanted), record.sizeBytes()) : wanted;
        read(channel, buffer, start, (int) (stop - start), extent.id());
        long good = start + (verifying ? verified(buffer, record, start) : buffer.limit());
        if (position < good) {
          buffer.limit((int) (Math.min(good, end) - start));
          buffer.position((int) (position - start));
          sink.write(buffer);
        }
        if (good < stop) {
          throw damaged(extent.id(), good);
        }
        position = Math.min(stop, end);
      }
    } catch (NoSuchFileException e) {
      LOG.error("Blob {} is missing", blobs.path(extent.id()));
      throw new IOException("Stored bytes are missing", e);
    } finally {
      give(buffer);
    }
  }

  /**
   * Sends a region of an encrypted blob, each block of it decrypted whole and proven.
   *
   * @param key the blob's; the one in its envelope
   * @throws IOException as {@link #send(Extent, ContentSink)}
   */
  public void send(Extent extent, DataKey key, ContentSink sink) throws IOException {
    BlobRecord record = record(extent.id());
    BlockCipher cipher = new BlockCipher(key);
    byte[] sealed = new byte[BlobRecord.BLOCK_BYTES + BlockCipher.TAG_BYTES];
    byte[] plain = new byte[BlobRecord.BLOCK_BYTES];
    ByteBuffer buffer = take();
    try (FileChannel channel = FileChannel.open(blobs.path(extent.id()), StandardOpenOption.READ)) {
      long end = extent.offset() + extent.length();
      for (long position = extent.offset(); position < end; ) {
        int block = Math.toIntExact(position / BlobRecord.BLOCK_BYTES);
        long start = (long) block * BlobRecord.BLOCK_BYTES;
        long stop = Math.min(start + BlobRecord.BLOCK_BYTES, record.sizeBytes());
        int length = (int) (stop - start);
        read(channel, buffer, start, length, extent.id());
        if (verifying && verified(buffer, record, start) < length) {
          throw damaged(extent.id(), start);
        }
        buffer.get(sealed, 0, length);
        System.arraycopy(
            record.blockTags(),
            block * BlockCipher.TAG_BYTES,
            sealed,
            length,
            BlockCipher.TAG_BYTES);
        cipher.open(block, sealed, length + BlockCipher.TAG_BYTES, plain);
        int from = (int) (position - start);
        int to = (int) (Math.min(stop, end) - start);
        sink.write(plain, from, to - from);
        position = start + to;
      }
    } catch (NoSuchFileException e) {
      LOG.error("Blob {} is missing", blobs.path(extent.id()));
      throw new IOException("Stored bytes are missing", e);
    } finally {
      give(buffer);
    }
  }

  private BlobRecord record(long id) throws IOException {
    byte @Nullable [] bytes = database.get(Column.BLOBS, IndexKeys.id(id));
    if (bytes == null) {
      LOG.error("The record of blob {} is missing", blobs.path(id));
      throw new IOException("Stored bytes are missing");
    }
    return IndexCodec.blob(bytes);
  }

  private void read(FileChannel channel, ByteBuffer buffer, long start, int length, long id)
      throws IOException {
    buffer.clear().limit(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, start + buffer.position()) < 0) {
        LOG.error("Blob {} is shorter than it was", blobs.path(id));
        throw new EOFException("Stored bytes are damaged");
      }
    }
    buffer.flip();
  }

  private static long endOfBlock(long position) {
    long blocks = (position + BlobRecord.BLOCK_BYTES - 1) / BlobRecord.BLOCK_BYTES;
    return blocks * BlobRecord.BLOCK_BYTES;
  }

  /**
   * How many bytes of a buffer are in whole good blocks in front of the first bad one.
   *
   * @param start where the first block begins in the blob
   */
  private static int verified(ByteBuffer buffer, BlobRecord record, long start) {
    int length = buffer.limit();
    int block = Math.toIntExact(start / BlobRecord.BLOCK_BYTES);
    int good = 0;
    while (good < length) {
      buffer.limit(Math.min(good + BlobRecord.BLOCK_BYTES, length));
      CRC32C crc = new CRC32C();
      crc.update(buffer);
      if (block >= record.blockCrcs().length || record.blockCrcs()[block] != (int) crc.getValue()) {
        break;
      }
      block++;
      good = buffer.limit();
    }
    buffer.clear().limit(length);
    return good;
  }

  private IOException damaged(long id, long position) {
    LOG.error("Blob {} is damaged in block {}", blobs.path(id), position / BlobRecord.BLOCK_BYTES);
    return new IOException("Stored bytes are damaged");
  }

  private ByteBuffer take() {
    ByteBuffer buffer = pool.poll();
    if (buffer != null) {
      pooled.decrementAndGet();
      return buffer;
    }
    return ByteBuffer.allocateDirect(BUFFER_BYTES);
  }

  private void give(ByteBuffer buffer) {
    if (pooled.incrementAndGet() <= POOLED_BUFFERS) {
      pool.add(buffer.clear());
    } else {
      pooled.decrementAndGet();
    }
  }
}
