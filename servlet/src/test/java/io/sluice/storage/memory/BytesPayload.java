package io.sluice.storage.memory;

import io.sluice.model.Checksum;
import io.sluice.model.ETag;
import io.sluice.storage.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/** A payload of bytes at hand; strict about being read to its end before it is asked anything. */
public final class BytesPayload implements Payload {
  private final byte[] bytes;
  private final InputStream stream;
  private final boolean lengthKnown;
  private final List<Checksum> checksums;
  private boolean ended;

  private BytesPayload(
      byte[] bytes, InputStream stream, boolean lengthKnown, List<Checksum> checksums) {
    this.bytes = bytes;
    this.lengthKnown = lengthKnown;
    this.checksums = List.copyOf(checksums);
    this.stream =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return note(stream.read());
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return note(stream.read(target, offset, length));
          }

          private int note(int result) {
            ended |= result < 0;
            return result;
          }
        };
  }

  /** Bytes of a known length. */
  public static BytesPayload of(byte[] bytes) {
    return new BytesPayload(bytes, new ByteArrayInputStream(bytes), true, List.of());
  }

  /** UTF-8 text of a known length. */
  public static BytesPayload of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes with checksums to keep. */
  public static BytesPayload of(byte[] bytes, List<Checksum> checksums) {
    return new BytesPayload(bytes, new ByteArrayInputStream(bytes), true, checksums);
  }

  /** Bytes whose length is not told beforehand. */
  public static BytesPayload ofUnknownLength(byte[] bytes) {
    return new BytesPayload(bytes, new ByteArrayInputStream(bytes), false, List.of());
  }

  /** Something done while a body is read. */
  public interface Watcher {
    /** Called at the end of the body, before the reader knows of it. */
    void atEnd() throws IOException;
  }

  /** A body during whose reading something happens. */
  public static BytesPayload watched(byte[] bytes, Watcher watcher) {
    InputStream watched =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            int read = super.read(target, offset, length);
            if (read < 0) {
              try {
                watcher.atEnd();
              } catch (IOException e) {
                sneak(e);
              }
            }
            return read;
          }
        };
    return new BytesPayload(bytes, watched, true, List.of());
  }

  /** A body that turns out wrong: all its bytes arrive, and then the last read throws. */
  public static BytesPayload failingAtEnd(byte[] bytes, Exception fault) {
    InputStream failing =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            int read = super.read(target, offset, length);
            if (read < 0) {
              sneak(fault);
            }
            return read;
          }
        };
    return new BytesPayload(bytes, failing, true, List.of());
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> void sneak(Exception fault) throws E {
    throw (E) fault;
  }

  /** MD5 in hex. */
  public static String md5Hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public InputStream stream() {
    return stream;
  }

  @Override
  public OptionalLong lengthBytes() {
    return lengthKnown ? OptionalLong.of(bytes.length) : OptionalLong.empty();
  }

  @Override
  public ETag etag() {
    requireEnd();
    return new ETag(md5Hex(bytes));
  }

  @Override
  public List<Checksum> checksums() {
    requireEnd();
    return checksums;
  }

  private void requireEnd() {
    if (!ended) {
      throw new IllegalStateException("The payload was not read to its end");
    }
  }
}
