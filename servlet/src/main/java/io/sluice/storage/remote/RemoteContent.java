package io.sluice.storage.remote;

import io.sluice.model.ByteRange;
import io.sluice.model.ObjectInfo;
import io.sluice.storage.ContentSink;
import io.sluice.storage.ObjectContent;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A remote object whose bytes are on their way. Confined to one request. */
final class RemoteContent implements ObjectContent {
  private static final int BUFFER = 64 * 1024;

  private final ObjectInfo info;
  private final ByteRange.Resolved range;
  private final ResponseInputStream<GetObjectResponse> stream;
  private boolean finished;

  RemoteContent(
      ObjectInfo info, ByteRange.Resolved range, ResponseInputStream<GetObjectResponse> stream) {
    this.info = info;
    this.range = range;
    this.stream = stream;
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public ByteRange.Resolved range() {
    return range;
  }

  @Override
  public void transferTo(ContentSink sink) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long sent = 0;
    while (true) {
      int read = read(buffer);
      if (read < 0) {
        break;
      }
      sent += read;
      if (sent > range.length()) {
        throw new IOException(
            "The remote sends more than the " + range.length() + " bytes it said");
      }
      sink.write(buffer, 0, read);
    }
    if (sent != range.length()) {
      throw new IOException("The remote sent " + sent + " of " + range.length() + " bytes");
    }
    finished = true;
  }

  private int read(byte[] buffer) throws IOException {
    try {
      return stream.read(buffer, 0, buffer.length);
    } catch (SdkException e) {
      // A checksum that does not hold is told so.
      throw new IOException("The remote's bytes are not what it said: " + e.getMessage(), e);
    }
  }

  /** A connection whose answer was not read to its end is of no more use. */
  @Override
  public void close() throws IOException {
    if (finished) {
      stream.close();
    } else {
      stream.abort();
    }
  }
}
