package io.sluice.storage.local.blob;

import io.sluice.storage.Payload;
import io.sluice.storage.encryption.BlockCipher;
import io.sluice.storage.encryption.DataKey;
import io.sluice.storage.encryption.KeyWrapping;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads payloads to their clean end: small ones into memory, others straight into a blob file.
 * Thread-safe.
 */
public final class BodyIntake {
  /** Measured: 8 to 64 KiB gains a tenth, more nothing. */
  private static final int BUFFER_BYTES = 64 * 1024;

  private final BlobDirectory blobs;
  private final int inlineThreshold;

  /**
   * Bodies for a directory of blobs.
   *
   * @param inlineThreshold the largest body in bytes that goes into the index
   */
  public BodyIntake(BlobDirectory blobs, int inlineThreshold) {
    this.blobs = blobs;
    this.inlineThreshold = inlineThreshold;
  }

  /**
   * Reads a payload; whatever it throws leaves nothing behind.
   *
   * @param wrapping what it is encrypted with, or null
   */
  public StoredBody read(Payload payload, @Nullable KeyWrapping wrapping) throws IOException {
    if (wrapping != null) {
      return seal(payload.stream(), wrapping);
    }
    InputStream in = payload.stream();
    long known = payload.lengthBytes().orElse(Long.MAX_VALUE);
    boolean large = known > inlineThreshold;
    byte[] buffer = new byte[large ? Math.max(BUFFER_BYTES, inlineThreshold + 1) : (int) known + 1];
    int filled = in.readNBytes(buffer, 0, buffer.length);
    boolean ended = filled < buffer.length;
    if (ended && filled <= inlineThreshold) {
      return StoredBody.ofBytes(Arrays.copyOf(buffer, filled));
    }
    try (BlobWriter writer = blobs.create()) {
      writer.write(buffer, 0, filled);
      while (!ended) {
        filled = in.readNBytes(buffer, 0, buffer.length);
        ended = filled < buffer.length;
        writer.write(buffer, 0, filled);
      }
      return StoredBody.ofBlob(writer, null);
    }
  }

  private StoredBody seal(InputStream in, KeyWrapping wrapping) throws IOException {
    try (BodyWriter body = writer(wrapping)) {
      body.readAll(in);
      return body.finish();
    }
  }

  /**
   * Begins a body that is written piece by piece.
   *
   * @param wrapping what it is encrypted with, or null
   */
  public BodyWriter writer(@Nullable KeyWrapping wrapping) throws IOException {
    if (wrapping == null) {
      return new BodyWriter(blobs, inlineThreshold, null, null);
    }
    DataKey key = DataKey.random();
    return new BodyWriter(blobs, inlineThreshold, new BlockCipher(key), wrapping.wrap(key));
  }
}
