package io.sluice.it.bench;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawHttp;
import io.sluice.it.harness.RawRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;

/**
 * Readers that all ask for one object at once, and what they saw.
 *
 * @param readings one each, those that got their first byte first come first
 * @param nanos until the last of them had everything
 */
record Herd(List<Reading> readings, long nanos) {
  private static final int BUFFER = 64 * 1024;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /** What one reader saw: the time to the first byte, and a checksum. */
  record Reading(long firstNanos, long crc) {}

  static Herd run(Gateway gateway, String target, int readers) throws Exception {
    byte[] head =
        RawRequest.of(gateway, "GET", target).signedHead().getBytes(StandardCharsets.ISO_8859_1);
    ExecutorService pool = Executors.newFixedThreadPool(readers);
    try {
      List<Callable<Reading>> tasks = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        tasks.add(() -> read(gateway, head));
      }
      long begin = System.nanoTime();
      List<Reading> all = new ArrayList<>();
      for (Future<Reading> one : pool.invokeAll(tasks)) {
        all.add(one.get());
      }
      long nanos = System.nanoTime() - begin;
      all.sort(java.util.Comparator.comparingLong(Reading::firstNanos));
      return new Herd(all, nanos);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Reading read(Gateway gateway, byte[] head) throws IOException {
    long begin = System.nanoTime();
    try (Socket socket = RawHttp.connect(gateway.endpoint())) {
      socket.getOutputStream().write(head);
      InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
      StringBuilder answer = new StringBuilder();
      while (!answer.toString().endsWith("\r\n\r\n")) {
        answer.append((char) in.read());
      }
      if (!answer.toString().startsWith("HTTP/1.1 200")) {
        throw new IOException(answer.toString());
      }
      byte[] buffer = new byte[BUFFER];
      CRC32C crc = new CRC32C();
      int count = in.read(buffer);
      long first = System.nanoTime() - begin;
      while (count >= 0) {
        crc.update(buffer, 0, count);
        count = in.read(buffer);
      }
      return new Reading(first, crc.getValue());
    }
  }

  long equalTo(long crc) {
    return readings.stream().filter(reading -> reading.crc() == crc).count();
  }

  long firstNanos(double part) {
    int index = (int) Math.min(readings.size() - 1L, Math.round(part * readings.size()));
    return readings.get(index).firstNanos();
  }

  /** The first, the median and the last reader's first byte, in milliseconds. */
  String firsts() {
    return "%.0f/%.0f/%.0f"
        .formatted(
            firstNanos(0) / NANOS_PER_MILLI,
            firstNanos(0.5) / NANOS_PER_MILLI,
            firstNanos(1) / NANOS_PER_MILLI);
  }

  double seconds() {
    return nanos / NANOS_PER_SECOND;
  }
}
