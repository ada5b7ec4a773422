package io.sluice.storage.local.index;

import com.google.common.io.BaseEncoding;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Version and upload ids: 32 characters of {@code 0-9 a-v}, made of a sequence and bits that follow
 * from it, so that an id tells its place without an index, sorts by time, and a mistyped one is
 * noticed. Stateless, thread-safe.
 */
public final class OpaqueIds {
  private static final BaseEncoding ENCODING = BaseEncoding.base32Hex().lowerCase();
  private static final int ENCODED_LENGTH = 32;
  private static final int LENGTH = Long.BYTES + Long.BYTES + Integer.BYTES;

  private OpaqueIds() {}

  public static String encode(long sequence) {
    return ENCODING.encode(bytes(sequence));
  }

  /** The sequence of an id, or nothing when it is none of ours. */
  public static OptionalLong decode(String id) {
    if (id.length() != ENCODED_LENGTH || !ENCODING.canDecode(id)) {
      return OptionalLong.empty();
    }
    byte[] bytes = ENCODING.decode(id);
    long sequence = ByteBuffer.wrap(bytes).getLong();
    return Arrays.equals(bytes, bytes(sequence)) ? OptionalLong.of(sequence) : OptionalLong.empty();
  }

  private static byte[] bytes(long sequence) {
    long first = mix(sequence + 0x9E3779B97F4A7C15L);
    long second = mix(first ^ 0xD1B54A32D192ED03L);
    return ByteBuffer.allocate(LENGTH)
        .putLong(sequence)
        .putLong(first)
        .putInt((int) second)
        .array();
  }

  /** Finalizer of SplitMix64. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
