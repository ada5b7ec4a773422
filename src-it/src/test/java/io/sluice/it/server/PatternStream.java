package io.sluice.it.server;

import java.io.InputStream;

/**
 * A stretch of an endless sequence in which no block repeats within an object's size, so that parts
 * in the wrong order or blocks served twice are seen. Confined to one thread.
 */
final class PatternStream extends InputStream {
  private long position;
  private long left;

  PatternStream(long from, long length) {
    this.position = from;
    this.left = length;
  }

  @Override
  public int read() {
    if (left <= 0) {
      return -1;
    }
    left--;
    return at(position++) & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (left <= 0) {
      return length == 0 ? 0 : -1;
    }
    int count = (int) Math.min(length, left);
    for (int index = 0; index < count; index++) {
      buffer[offset + index] = at(position + index);
    }
    position += count;
    left -= count;
    return count;
  }

  @Override
  public int available() {
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  private static byte at(long position) {
    long block = position >>> 3;
    long mixed = (block + 1) * 0x9E3779B97F4A7C15L; // the golden ratio spreads neighbours apart
    return (byte) (mixed >>> ((position & 7) << 3));
  }
}
