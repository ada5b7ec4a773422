package io.sluice.storage.encryption;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A wrapped data key, kept beside the bytes that it encrypts. Opaque to a store. Immutable,
 * compared by value.
 */
public final class Envelope {
  private final byte[] bytes;

  /** Copies the bytes. */
  public Envelope(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Envelope envelope && Arrays.equals(bytes, envelope.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Envelope[" + bytes.length + " bytes]";
  }
}
