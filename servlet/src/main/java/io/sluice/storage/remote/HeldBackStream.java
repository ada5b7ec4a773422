package io.sluice.storage.remote;

import io.sluice.storage.Payload;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A payload on its way to a remote that commits when it has all bytes. It always reads one block
 * ahead and hands a block out only when what follows it has been read, so that the last bytes leave
 * after the payload's clean end and not before it: a payload that turns out wrong is never sent
 * whole. Confined to one request.
 */
final class HeldBackStream extends InputStream {
  private static final int BLOCK = 64 * 1024;

  private final InputStream source;
  private byte[] current = new byte[BLOCK];
  private byte[] next = new byte[BLOCK];
  private int position;
  private int limit;
  private int nextLength;
  private boolean begun;
  private boolean ended;
  private long handedOut;
  private @Nullable Exception fault;

  HeldBackStream(Payload payload) {
    this.source = payload.stream();
  }

  /** Reads the first block, so that what is visible at once is thrown before anything is sent. */
  void begin() throws IOException {
    if (!begun) {
      begun = true;
      nextLength = block(next);
      advance();
    }
  }

  /** How many bytes have left. */
  long handedOut() {
    return handedOut;
  }

  /** Whether the payload came to its clean end and all of it left. */
  boolean complete() {
    return ended && position == limit && nextLength == 0;
  }

  /** What the payload threw; null while it is well. */
  @Nullable Exception fault() {
    return fault;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int read = read(one, 0, 1);
    return read < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    begin();
    if (length == 0) {
      return 0;
    }
    if (position == limit) {
      advance();
    }
    if (position == limit) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(current, position, target, offset, count);
    position += count;
    handedOut += count;
    return count;
  }

  private void advance() throws IOException {
    byte[] spent = current;
    current = next;
    limit = nextLength;
    position = 0;
    next = spent;
    nextLength = ended ? 0 : block(next);
  }

  private int block(byte[] target) throws IOException {
    try {
      int length = source.readNBytes(target, 0, target.length);
      // A short block says that the end was read; a full one may be the last all the same.
      ended = length < target.length;
      return length;
    } catch (IOException | RuntimeException e) {
      fault = e;
      throw e;
    }
  }

  /** The container closes the payload. */
  @Override
  public void close() {}
}
