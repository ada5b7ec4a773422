package io.sluice.checksum;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * A checksum under way: bytes are added, then the value is taken once. Values are big-endian, as S3
 * sends them. Confined to one thread.
 */
public interface ChecksumDigest {
  /** Adds bytes. */
  void update(byte[] bytes, int offset, int length);

  /** The digest of all bytes added; called once. */
  byte[] digest();

  /** A new digest of an algorithm. */
  static ChecksumDigest of(ChecksumAlgorithm algorithm) {
    return switch (algorithm) {
      case CRC32 -> new OfCrc(new CRC32());
      case CRC32C -> new OfCrc(new CRC32C());
      case CRC64NVME -> new OfCrc64(new Crc64Nvme());
      case SHA1 -> new OfMessageDigest(messageDigest("SHA-1"));
      case SHA256 -> new OfMessageDigest(messageDigest("SHA-256"));
      case SHA512 -> new OfMessageDigest(messageDigest("SHA-512"));
      case MD5 -> new OfMessageDigest(messageDigest("MD5"));
      case XXHASH64 -> new OfHash64(Hashing.xxh64().hashStream());
      case XXHASH3 -> new OfHash64(Hashing.xxh3_64().hashStream());
      case XXHASH128 -> new OfHash128(Hashing.xxh3_128().hashStream());
    };
  }

  /** The digest of a whole array. */
  static byte[] digest(ChecksumAlgorithm algorithm, byte[] bytes) {
    ChecksumDigest digest = of(algorithm);
    digest.update(bytes, 0, bytes.length);
    return digest.digest();
  }

  /** The checksum of a whole array. */
  static Checksum checksum(ChecksumAlgorithm algorithm, byte[] bytes) {
    return Checksum.of(algorithm, digest(algorithm, bytes));
  }

  /** A message digest that every Java platform has. */
  static MessageDigest messageDigest(String name) {
    return Unused.KNOWN.computeIfAbsent(name, Unused::made).copy();
  }

  /** A digest that was never used, of which copies are cheaper than another look for one. */
  record Unused(String name, MessageDigest digest) {
    private static final Map<String, Unused> KNOWN = new ConcurrentHashMap<>();

    private static Unused made(String name) {
      return new Unused(name, found(name));
    }

    private MessageDigest copy() {
      try {
        return (MessageDigest) digest.clone();
      } catch (CloneNotSupportedException e) {
        return found(name);
      }
    }
  }

  private static MessageDigest found(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(name + " is missing from this Java platform", e);
    }
  }

  /** A 32-bit CRC of the JDK. */
  record OfCrc(java.util.zip.Checksum crc) implements ChecksumDigest {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      crc.update(bytes, offset, length);
    }

    @Override
    public byte[] digest() {
      return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    }
  }

  /** The 64-bit CRC. */
  record OfCrc64(Crc64Nvme crc) implements ChecksumDigest {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      crc.update(bytes, offset, length);
    }

    @Override
    public byte[] digest() {
      return ByteBuffer.allocate(Long.BYTES).putLong(crc.value()).array();
    }
  }

  /** A digest of the JDK. */
  record OfMessageDigest(MessageDigest messageDigest) implements ChecksumDigest {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      messageDigest.update(bytes, offset, length);
    }

    @Override
    public byte[] digest() {
      return messageDigest.digest();
    }
  }

  /** A 64-bit hash. */
  record OfHash64(HashStream64 stream) implements ChecksumDigest {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      stream.putBytes(bytes, offset, length);
    }

    @Override
    public byte[] digest() {
      return ByteBuffer.allocate(Long.BYTES).putLong(stream.getAsLong()).array();
    }
  }

  /** A 128-bit hash. */
  record OfHash128(HashStream128 stream) implements ChecksumDigest {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      stream.putBytes(bytes, offset, length);
    }

    @Override
    public byte[] digest() {
      HashValue128 value = stream.get();
      return ByteBuffer.allocate(2 * Long.BYTES)
          .putLong(value.getMostSignificantBits())
          .putLong(value.getLeastSignificantBits())
          .array();
    }
  }
}
