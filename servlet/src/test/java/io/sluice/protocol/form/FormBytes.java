package io.sluice.protocol.form;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Forms as bytes, and streams that hand them out piece by piece. */
final class FormBytes {
  static final FormBoundary BOUNDARY = new FormBoundary("bound");

  private FormBytes() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The lines, each with CRLF. */
  static byte[] lines(String... lines) {
    return bytes(String.join("\r\n", lines) + "\r\n");
  }

  static String field(String name, String value) {
    return "--bound\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s"
        .formatted(name, value);
  }

  static String file(String value) {
    return "--bound\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.txt\"\r\n"
        + "Content-Type: text/plain\r\n\r\n"
        + value;
  }

  /** A stream whose reads return as few bytes as chance wants. */
  static InputStream pieces(byte[] bytes, long seed) {
    Random random = new Random(seed);
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(9)));
      }
    };
  }
}
