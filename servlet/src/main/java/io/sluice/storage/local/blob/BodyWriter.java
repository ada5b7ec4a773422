package io.sluice.storage.local.blob;

import io.sluice.storage.ContentSink;
import io.sluice.storage.encryption.BlockCipher;
import io.sluice.storage.encryption.Envelope;
import io.sluice.storage.local.index.BlobRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A body written piece by piece and kept block by block, encrypted where it has a cipher: a small
 * one in memory, others in a blob file. Closed unfinished, it leaves nothing. Confined to one
 * thread.
 */
public final class BodyWriter implements ContentSink, Closeable {
  private final BlobDirectory blobs;
  private final int inlineThreshold;
  private final @Nullable BlockCipher cipher;
  private final @Nullable Envelope envelope;
  private final byte[] block = new byte[BlobRecord.BLOCK_BYTES];
  private byte @Nullable [] sealed;
  private int filled;
  private long blocks;
  private @Nullable BlobWriter writer;

  BodyWriter(
      BlobDirectory blobs,
      int inlineThreshold,
      @Nullable BlockCipher cipher,
      @Nullable Envelope envelope) {
    this.blobs = blobs;
    this.inlineThreshold = inlineThreshold;
    this.cipher = cipher;
    this.envelope = envelope;
  }

  /** Takes all that a stream has. */
  void readAll(InputStream in) throws IOException {
    while (true) {
      int count = in.readNBytes(block, filled, block.length - filled);
      filled += count;
      if (filled < block.length) {
        return;
      }
      endBlock();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    write(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void write(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      int count = Math.min(buffer.remaining(), block.length - filled);
      buffer.get(block, filled, count);
      filled += count;
      if (filled == block.length) {
        endBlock();
      }
    }
  }

  private void endBlock() throws IOException {
    if (filled == 0) {
      return;
    }
    BlobWriter to = writer;
    if (to == null) {
      to = blobs.create();
      writer = to;
    }
    if (cipher == null) {
      to.write(block, 0, filled);
    } else {
      to.writeSealed(seal(cipher), filled);
    }
    filled = 0;
    blocks++;
  }

  private byte[] seal(BlockCipher with) {
    byte[] target = sealed;
    if (target == null || target.length < filled + BlockCipher.TAG_BYTES) {
      target = new byte[filled + BlockCipher.TAG_BYTES];
      sealed = target;
    }
    with.seal(blocks, block, filled, target);
    return target;
  }

  /** Ends the body, durably where it is a blob; the caller closes what it becomes. */
  public StoredBody finish() throws IOException {
    if (writer == null && filled <= inlineThreshold) {
      return cipher == null || envelope == null || filled == 0
          ? StoredBody.ofBytes(Arrays.copyOf(block, filled))
          : StoredBody.ofSealed(filled, seal(cipher), envelope);
    }
    endBlock();
    BlobWriter to = writer;
    if (to == null) {
      throw new IllegalStateException("A body without bytes is inline");
    }
    return StoredBody.ofBlob(to, envelope);
  }

  /** Deletes the file of a body that was not finished. */
  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
