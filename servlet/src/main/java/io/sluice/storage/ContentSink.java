package io.sluice.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Where an object's bytes go. Confined to one request. */
public interface ContentSink {
  /** Writes heap bytes. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Writes the buffer's remaining bytes, heap or direct; consumes them. */
  void write(ByteBuffer buffer) throws IOException;

  /**
   * Takes over sending a region of an immutable file, perhaps after {@link
   * ObjectContent#transferTo} returned.
   *
   * @param sent run when the file is no longer needed
   * @return false when it cannot, and nothing was done
   */
  default boolean sendFile(Path file, long offset, long length, Runnable sent) throws IOException {
    return false;
  }
}
