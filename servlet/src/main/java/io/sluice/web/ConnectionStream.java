package io.sluice.web;

import java.io.IOException;
import java.io.InputStream;

/** The raw body, whose failures are told apart from the store's. Confined to one request. */
final class ConnectionStream extends InputStream {
  private final InputStream in;

  ConnectionStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    try {
      return in.read();
    } catch (IOException e) {
      throw new ConnectionException(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return in.read(bytes, offset, length);
    } catch (IOException e) {
      throw new ConnectionException(e);
    }
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }
}
