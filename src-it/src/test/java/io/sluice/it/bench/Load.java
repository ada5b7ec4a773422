package io.sluice.it.bench;

import io.sluice.it.harness.RawHttp;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests on connections that stay open, each connection with one request under way.
 *
 * @param contestant who is asked
 * @param heads heads of requests, used in turn
 * @param body what follows each; empty for none
 * @param connections how many
 */
record Load(Contestant contestant, List<byte[]> heads, byte[] body, int connections) {
  private static final int BUFFER = 64 * 1024;
  private static final int MOST_TIMES = 1 << 20;

  /** How long a run lasts: until the time is over, or every head was used once. */
  record Limit(long nanos, boolean once) {}

  /**
   * Runs it.
   *
   * @throws IOException for an answer that is no success
   */
  Measurement run(Limit limit) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(connections);
    AtomicInteger next = new AtomicInteger();
    long cpu = contestant.cpuNanos();
    long begin = System.nanoTime();
    long end = begin + limit.nanos();
    try {
      List<Callable<long[]>> tasks = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        tasks.add(() -> client(next, end, limit.once()));
      }
      long[][] times = new long[connections][];
      int client = 0;
      for (Future<long[]> done : clients.invokeAll(tasks)) {
        times[client++] = done.get();
      }
      long spent = System.nanoTime() - begin;
      long[] all = Arrays.stream(times).flatMapToLong(Arrays::stream).sorted().toArray();
      return new Measurement(all.length, spent, contestant.cpuNanos() - cpu, all[all.length / 2]);
    } finally {
      clients.shutdownNow();
    }
  }

  private long[] client(AtomicInteger next, long end, boolean once) throws IOException {
    long[] times = new long[MOST_TIMES];
    int count = 0;
    byte[] buffer = new byte[BUFFER];
    try (Socket socket = RawHttp.connect(contestant.gateway().endpoint())) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
      OutputStream out = socket.getOutputStream();
      while (System.nanoTime() < end && count < MOST_TIMES) {
        int index = next.getAndIncrement();
        if (once && index >= heads.size()) {
          break;
        }
        byte[] head = heads.get(index % heads.size());
        long begin = System.nanoTime();
        send(out, head);
        receive(in, buffer, head[0] == 'H');
        times[count++] = System.nanoTime() - begin;
      }
    }
    return Arrays.copyOf(times, count);
  }

  private void send(OutputStream out, byte[] head) throws IOException {
    if (body.length == 0) {
      out.write(head);
    } else if (body.length <= BUFFER) {
      byte[] both = Arrays.copyOf(head, head.length + body.length);
      System.arraycopy(body, 0, both, head.length, body.length);
      out.write(both);
    } else {
      out.write(head);
      out.write(body);
    }
  }

  private static void receive(InputStream in, byte[] buffer, boolean headOnly) throws IOException {
    String status = line(in);
    long length = 0;
    boolean chunked = false;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(lower.indexOf(':') + 1).trim());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
    }
    if (headOnly) {
      length = 0;
      chunked = false;
    }
    while (chunked) {
      long size = Long.parseLong(line(in).split(";")[0].trim(), 16);
      skip(in, buffer, size);
      line(in);
      chunked = size > 0;
    }
    if (!status.startsWith("HTTP/1.1 2")) {
      byte[] told = in.readNBytes((int) Math.min(length, 1000));
      throw new IOException(status + " " + new String(told, StandardCharsets.UTF_8));
    }
    skip(in, buffer, length);
  }

  private static void skip(InputStream in, byte[] buffer, long length) throws IOException {
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new IOException("the answer ends early");
      }
      left -= read;
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the answer ends early");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
