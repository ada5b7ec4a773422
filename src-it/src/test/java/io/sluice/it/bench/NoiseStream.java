package io.sluice.it.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.zip.CRC32C;

/** So many bytes, a block of noise again and again with the block's number in it. */
final class NoiseStream extends InputStream {
  private static final int BLOCK = 64 * 1024;
  private static final byte[] NOISE = new byte[BLOCK];

  static {
    new Random(1).nextBytes(NOISE);
  }

  private final long size;
  private long position;

  NoiseStream(long size) {
    this.size = size;
  }

  /** The checksum of so many bytes. */
  static long crc(long size) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BLOCK];
    try (InputStream in = new NoiseStream(size)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
      }
    }
    return crc.getValue();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (position == size) {
      return -1;
    }
    int from = (int) (position % BLOCK);
    int count = (int) Math.min(Math.min(length, BLOCK - from), size - position);
    System.arraycopy(NOISE, from, target, offset, count);
    if (from == 0) {
      target[offset] = (byte) (position / BLOCK);
    }
    position += count;
    return count;
  }
}
