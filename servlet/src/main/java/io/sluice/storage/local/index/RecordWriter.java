package io.sluice.storage.local.index;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes a record: variable-length integers, and text and bytes behind their length. */
final class RecordWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
  private final int version;

  RecordWriter(int version) {
    this.version = version;
    out.write(version);
  }

  /** The version of the record, which says what it has. */
  int version() {
    return version;
  }

  RecordWriter number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /** Eight bytes as they are, for numbers that are rarely small. */
  RecordWriter fixed(long value) {
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      out.write((int) (value >>> shift));
    }
    return this;
  }

  RecordWriter bytes(byte[] value) {
    number(value.length);
    out.writeBytes(value);
    return this;
  }

  RecordWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  RecordWriter texts(Map<String, String> values) {
    number(values.size());
    values.forEach((name, value) -> text(name).text(value));
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
