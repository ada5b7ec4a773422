package io.sluice.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * CRC-64/NVME: polynomial 0xAD93D23594C93659 reflected, all ones in and out, eight bytes a step
 * from eight tables. The check value of {@code 123456789} is 0xAE8B14860A799888. Confined to one
 * thread.
 *
 * @see <a href="https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme">CRC
 *     catalogue</a>
 */
public final class Crc64Nvme {
  /** The polynomial, bit-reflected. */
  static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long[][] TABLES = tables();

  private long state = -1L;

  private static long[][] tables() {
    long[][] tables = new long[Long.BYTES][256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
      tables[0][i] = crc;
    }
    for (int i = 0; i < 256; i++) {
      for (int table = 1; table < Long.BYTES; table++) {
        long previous = tables[table - 1][i];
        tables[table][i] = (previous >>> 8) ^ tables[0][(int) (previous & 0xFF)];
      }
    }
    return tables;
  }

  /** Adds bytes. */
  public void update(byte[] bytes, int offset, int length) {
    long crc = state;
    int position = offset;
    int end = offset + length;
    for (; position + Long.BYTES <= end; position += Long.BYTES) {
      long word = crc ^ (long) LITTLE_ENDIAN_LONG.get(bytes, position);
      crc =
          TABLES[7][(int) (word & 0xFF)]
              ^ TABLES[6][(int) ((word >>> 8) & 0xFF)]
              ^ TABLES[5][(int) ((word >>> 16) & 0xFF)]
              ^ TABLES[4][(int) ((word >>> 24) & 0xFF)]
              ^ TABLES[3][(int) ((word >>> 32) & 0xFF)]
              ^ TABLES[2][(int) ((word >>> 40) & 0xFF)]
              ^ TABLES[1][(int) ((word >>> 48) & 0xFF)]
              ^ TABLES[0][(int) (word >>> 56)];
    }
    for (; position < end; position++) {
      crc = (crc >>> 8) ^ TABLES[0][(int) ((crc ^ bytes[position]) & 0xFF)];
    }
    state = crc;
  }

  /** The CRC of all bytes added so far. */
  public long value() {
    return ~state;
  }
}
