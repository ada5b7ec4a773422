package io.sluice.web;

import java.io.IOException;
import java.io.InputStream;

/** The raw body, whose failures are told apart from the store's. Confined to one request. */
final class ConnectionStream extends InputStream {
  private final InputStream in;
  private long bytes;

  ConnectionStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    try {
      int read = in.read();
      bytes += read < 0 ? 0 : 1;
      return read;
    } catch (IOException e) {
      throw new ConnectionException(e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = in.read(buffer, offset, length);
      bytes += Math.max(0, count);
      return count;
    } catch (IOException e) {
      throw new ConnectionException(e);
    }
  }

  /** How many bytes were read. */
  long bytes() {
    return bytes;
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }
}
