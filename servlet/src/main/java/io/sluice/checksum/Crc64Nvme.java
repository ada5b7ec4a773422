package io.sluice.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * CRC-64/NVME: polynomial 0xAD93D23594C93659 reflected, all ones in and out, eight bytes a step
 * from eight tables, of three stripes at a time. The check value of {@code 123456789} is
 * 0xAE8B14860A799888. Confined to one thread.
 *
 * @see <a href="https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme">CRC
 *     catalogue</a>
 */
public final class Crc64Nvme {
  /** The polynomial, bit-reflected. */
  static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BYTE_VALUES = 256;

  /** What three stripes have each; the three wait for memory together and not one by one. */
  private static final int STRIPE_BYTES = 1024;

  /** What a word does to the state: eight tables, one for each byte of it, the lowest first. */
  private static final long[] WORD = word();

  /** What a stripe of zeros does to the state, in the same form. */
  private static final long[] ZEROS = zeros();

  private long state = -1L;

  private static long[] word() {
    long[] table = new long[Long.BYTES * BYTE_VALUES];
    int highest = (Long.BYTES - 1) * BYTE_VALUES;
    for (int i = 0; i < BYTE_VALUES; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
      table[highest + i] = crc;
    }
    for (int start = highest - BYTE_VALUES; start >= 0; start -= BYTE_VALUES) {
      for (int i = 0; i < BYTE_VALUES; i++) {
        long next = table[start + BYTE_VALUES + i];
        table[start + i] = (next >>> 8) ^ table[highest + (int) (next & 0xFF)];
      }
    }
    return table;
  }

  private static long[] zeros() {
    long[] table = new long[Long.BYTES * BYTE_VALUES];
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long crc = 1L << bit;
      for (int i = 0; i < STRIPE_BYTES; i += Long.BYTES) {
        crc = apply(WORD, crc);
      }
      int start = bit / 8 * BYTE_VALUES;
      int value = 1 << (bit % 8);
      // A value of a byte is the one without its highest bit and that bit.
      for (int i = 0; i < value; i++) {
        table[start + value + i] = table[start + i] ^ crc;
      }
    }
    return table;
  }

  private static long apply(long[] table, long word) {
    return table[(int) (word & 0xFF)]
        ^ table[BYTE_VALUES + (int) ((word >>> 8) & 0xFF)]
        ^ table[2 * BYTE_VALUES + (int) ((word >>> 16) & 0xFF)]
        ^ table[3 * BYTE_VALUES + (int) ((word >>> 24) & 0xFF)]
        ^ table[4 * BYTE_VALUES + (int) ((word >>> 32) & 0xFF)]
        ^ table[5 * BYTE_VALUES + (int) ((word >>> 40) & 0xFF)]
        ^ table[6 * BYTE_VALUES + (int) ((word >>> 48) & 0xFF)]
        ^ table[7 * BYTE_VALUES + (int) (word >>> 56)];
  }

  /** Adds bytes. */
  public void update(byte[] bytes, int offset, int length) {
    int position = offset;
    int end = offset + length;
    for (; end - position >= 3 * STRIPE_BYTES; position += 3 * STRIPE_BYTES) {
      state = stripes(state, bytes, position);
    }
    long crc = state;
    for (; position + Long.BYTES <= end; position += Long.BYTES) {
      crc = apply(WORD, crc ^ (long) LITTLE_ENDIAN_LONG.get(bytes, position));
    }
    for (; position < end; position++) {
      crc = (crc >>> 8) ^ WORD[7 * BYTE_VALUES + (int) ((crc ^ bytes[position]) & 0xFF)];
    }
    state = crc;
  }

  /** Three stripes side by side; a CRC is linear, so what two of them began with is added later. */
  private static long stripes(long crc, byte[] bytes, int position) {
    long first = crc;
    long second = 0;
    long third = 0;
    for (int i = position; i < position + STRIPE_BYTES; i += Long.BYTES) {
      first = apply(WORD, first ^ (long) LITTLE_ENDIAN_LONG.get(bytes, i));
      second = apply(WORD, second ^ (long) LITTLE_ENDIAN_LONG.get(bytes, i + STRIPE_BYTES));
      third = apply(WORD, third ^ (long) LITTLE_ENDIAN_LONG.get(bytes, i + 2 * STRIPE_BYTES));
    }
    return apply(ZEROS, apply(ZEROS, first) ^ second) ^ third;
  }

  /** The CRC of all bytes added so far. */
  public long value() {
    return ~state;
  }
}
