package io.sluice.checksum;

import io.sluice.model.ChecksumAlgorithm;
import java.nio.ByteBuffer;

/**
 * The CRC of two byte strings in a row from the CRC of each and the length of the second: the first
 * CRC is moved over the second string's length by multiplication modulo the polynomial. Stateless,
 * thread-safe.
 *
 * @see <a href="https://github.com/madler/crcany">Adler: combining CRCs</a>
 */
public final class CrcCombination {
  private static final long CRC32 = 0xEDB88320L;
  private static final long CRC32C = 0x82F63B78L;

  private CrcCombination() {}

  /**
   * Combines two digests.
   *
   * @param algorithm one that {@link ChecksumAlgorithm#combinable() combines}
   * @param lengthBytes length of what the second digest covers
   */
  public static byte[] combine(
      ChecksumAlgorithm algorithm, byte[] first, byte[] second, long lengthBytes) {
    return switch (algorithm) {
      case CRC32 -> combine32(CRC32, first, second, lengthBytes);
      case CRC32C -> combine32(CRC32C, first, second, lengthBytes);
      case CRC64NVME -> {
        long a = ByteBuffer.wrap(first).getLong();
        long b = ByteBuffer.wrap(second).getLong();
        long moved =
            multiply(Crc64Nvme.POLYNOMIAL, 64, shift(Crc64Nvme.POLYNOMIAL, 64, lengthBytes), a);
        yield ByteBuffer.allocate(Long.BYTES).putLong(moved ^ b).array();
      }
      default -> throw new IllegalArgumentException(algorithm + " does not combine");
    };
  }

  private static byte[] combine32(long polynomial, byte[] first, byte[] second, long lengthBytes) {
    long a = ByteBuffer.wrap(first).getInt() & 0xFFFFFFFFL;
    long b = ByteBuffer.wrap(second).getInt() & 0xFFFFFFFFL;
    long moved = multiply(polynomial, 32, shift(polynomial, 32, lengthBytes), a);
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) (moved ^ b)).array();
  }

  /** x to the power of 8 times the length, modulo the polynomial, by repeated squaring. */
  private static long shift(long polynomial, int width, long lengthBytes) {
    long result = 1L << (width - 1);
    long power = 1L << (width - 1 - 8);
    for (long n = lengthBytes; n != 0; n >>>= 1) {
      if ((n & 1) != 0) {
        result = multiply(polynomial, width, result, power);
      }
      power = multiply(polynomial, width, power, power);
    }
    return result;
  }

  /** The product of two reflected polynomials modulo a third. */
  private static long multiply(long polynomial, int width, long a, long b) {
    long product = 0;
    long factor = b;
    for (long bit = 1L << (width - 1); bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= factor;
      }
      factor = (factor & 1) == 0 ? factor >>> 1 : (factor >>> 1) ^ polynomial;
    }
    return product;
  }
}
