package io.sluice.web.logging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Lines on their way into one object. Confined to the log's thread. */
final class LogBuffer {
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private Instant since;
  private int attempts;

  LogBuffer(Instant since) {
    this.since = since;
  }

  void add(String line) {
    lines.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
  }

  long sizeBytes() {
    return lines.size();
  }

  byte[] bytes() {
    return lines.toByteArray();
  }

  /** When its age began. */
  Instant since() {
    return since;
  }

  /** Counts a failed delivery; the next one comes an interval later. */
  int failed(Instant now) {
    since = now;
    return ++attempts;
  }
}
