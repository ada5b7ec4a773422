package io.sluice.storage.local.blob;

import io.sluice.storage.encryption.BlockCipher;
import io.sluice.storage.local.index.BlobRecord;
import io.sluice.storage.local.index.RocksFaults;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A blob being written, with the checksum of each block computed in the same pass. Closing it
 * unfinished deletes the file. Confined to one thread.
 */
public final class BlobWriter implements Closeable {
  private static final int FIRST_CRCS = 16;

  private final long id;
  private final Path file;
  private final DirectorySync directorySync;
  private final FileChannel channel;
  private final CRC32C crc = new CRC32C();
  private int[] blockCrcs = new int[FIRST_CRCS];
  private int blocks;
  private int inBlock;
  private long size;
  private final ByteArrayOutputStream blockTags = new ByteArrayOutputStream(0);
  private boolean finished;

  public BlobWriter(long id, Path file, DirectorySync directorySync) throws IOException {
    this.id = id;
    this.file = file;
    this.directorySync = directorySync;
    try {
      this.channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw RocksFaults.translate(e);
    }
  }

  public long id() {
    return id;
  }

  public long size() {
    return size;
  }

  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw RocksFaults.translate(e);
    }
    size += length;
    int done = 0;
    while (done < length) {
      int step = Math.min(length - done, BlobRecord.BLOCK_BYTES - inBlock);
      crc.update(bytes, offset + done, step);
      inBlock += step;
      done += step;
      if (inBlock == BlobRecord.BLOCK_BYTES) {
        endBlock();
      }
    }
  }

  /** Writes a whole encrypted block, and keeps the tag behind it. */
  void writeSealed(byte[] sealed, int length) throws IOException {
    write(sealed, 0, length);
    blockTags.write(sealed, length, BlockCipher.TAG_BYTES);
  }

  private void endBlock() {
    if (blocks == blockCrcs.length) {
      blockCrcs = Arrays.copyOf(blockCrcs, blocks * 2);
    }
    blockCrcs[blocks++] = (int) crc.getValue();
    crc.reset();
    inBlock = 0;
  }

  /** Makes bytes and name durable; the file is to stay unless {@link #discard()} is called. */
  public BlobRecord finish() throws IOException {
    if (inBlock > 0) {
      endBlock();
    }
    try {
      channel.force(false);
      channel.close();
      directorySync.sync();
    } catch (IOException e) {
      throw RocksFaults.translate(e);
    }
    finished = true;
    return new BlobRecord(size, Arrays.copyOf(blockCrcs, blocks), blockTags.toByteArray());
  }

  /** Deletes the file: its commit failed. */
  public void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      discard();
    }
  }
}
