package io.sluice.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The CRC of long runs of bytes, added in pieces. */
class Crc64NvmeTest {
  @Property(tries = 300)
  void itIsWhatBitByBitComesOut(
      @ForAll long seed,
      @ForAll @IntRange(max = 20_000) int length,
      @ForAll @IntRange(max = 20_000) int cut) {
    byte[] bytes = new byte[length + 3];
    new Random(seed).nextBytes(bytes);
    int first = Math.min(cut, length);
    Crc64Nvme crc = new Crc64Nvme();

    crc.update(bytes, 3, first);
    crc.update(bytes, 3 + first, length - first);

    assertThat(crc.value()).isEqualTo(bitByBit(bytes, 3, length));
  }

  private static long bitByBit(byte[] bytes, int offset, int length) {
    long crc = -1L;
    for (int i = offset; i < offset + length; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ Crc64Nvme.POLYNOMIAL;
      }
    }
    return ~crc;
  }
}
