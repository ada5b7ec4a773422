package io.sluice.storage.local.index;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what {@link RecordWriter} wrote. Bytes that are no such record throw {@link
 * IllegalStateException}.
 */
final class RecordReader {
  private final ByteBuffer in;
  private final int version;

  RecordReader(byte[] bytes, int newestVersion) {
    in = ByteBuffer.wrap(bytes);
    version = bytes.length == 0 ? 0 : in.get();
    if (version < 1 || version > newestVersion) {
      throw new IllegalStateException("A record of the index has the unknown version " + version);
    }
  }

  /** The version of the record, which says what it has. */
  int version() {
    return version;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = next();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged(null);
  }

  int count() {
    return Math.toIntExact(number());
  }

  long fixed() {
    try {
      return in.getLong();
    } catch (BufferUnderflowException e) {
      throw damaged(e);
    }
  }

  byte[] bytes() {
    int length = count();
    if (length < 0 || length > in.remaining()) {
      throw damaged(null);
    }
    byte[] value = new byte[length];
    in.get(value);
    return value;
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  Map<String, String> texts() {
    int count = count();
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = text();
      values.put(name, text());
    }
    return values;
  }

  private byte next() {
    try {
      return in.get();
    } catch (BufferUnderflowException e) {
      throw damaged(e);
    }
  }

  private static IllegalStateException damaged(@org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalStateException("A record of the index is damaged", cause);
  }
}
