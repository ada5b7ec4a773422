package io.sluice.storage.remote;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Stands between a gateway and its remote, and makes the network bad. */
public final class FaultProxy implements Closeable {
  /** What is done to connections. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** They are refused at once. */
    DOWN,
    /** Every request is answered with status 503. */
    BUSY,
    /** The same, with the advice to come back after 7 seconds. */
    BUSY_FOR_LONG,
    /** The first answer tells a length that is too small. */
    SHORT,
    /** The first answer tells a length that is too large. */
    LONG,
    /** The first answer tells another entity tag. */
    OTHER_TAG,
    /** They are reset in the middle of an answer's body. */
    RESET,
    /** They are ended in the middle of an answer's body. */
    CUT,
    /** Bytes come slowly. */
    SLOW
  }

  private static final Pattern LENGTH = Pattern.compile("(?i)(\r\ncontent-length: )(\\d+)");
  private static final Pattern TAG = Pattern.compile("(?i)(\r\netag: )\"[^\"]*\"");
  private static final int BYTES_BEFORE_FAULT = 60_000;

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;

  /** Listens before a port of this machine. */
  public FaultProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.submit(this::accept);
  }

  /** The port to speak to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections were taken. */
  public int connections() {
    return connections.get();
  }

  /** Makes the network bad from now on; connections that are open are closed. */
  public void set(Fault next) throws IOException {
    fault = next;
    for (Socket socket : open) {
      socket.close();
    }
  }

  private Void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      connections.incrementAndGet();
      threads.submit(() -> serve(client));
    }
  }

  private Void serve(Socket client) throws IOException {
    open.add(client);
    Fault now = fault;
    if (now == Fault.DOWN) {
      client.setSoLinger(true, 0);
      client.close();
    } else if (now == Fault.BUSY || now == Fault.BUSY_FOR_LONG) {
      answerBusy(client, now == Fault.BUSY ? "" : "Retry-After: 7\r\n");
    } else {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(server);
      threads.submit(() -> pump(client, server, Fault.NONE));
      pump(server, client, now);
    }
    return null;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int read = in.read();
      if (read < 0) {
        break;
      }
      head.append((char) read);
    }
    return head.toString();
  }

  private static void answerBusy(Socket client, String advice) throws IOException {
    head(client.getInputStream());
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 503 Slow\r\nContent-Length: 0\r\n" + advice + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    client.close();
  }

  private Void pump(Socket from, Socket to, Fault how) throws IOException {
    byte[] buffer = new byte[8192];
    long sent = 0;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      if (how == Fault.SHORT || how == Fault.LONG || how == Fault.OTHER_TAG) {
        out.write(tampered(head(in), how).getBytes(StandardCharsets.ISO_8859_1));
      }
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (how == Fault.SLOW) {
          pause();
        }
        out.write(buffer, 0, read);
        sent += read;
        if (sent > BYTES_BEFORE_FAULT && (how == Fault.RESET || how == Fault.CUT)) {
          to.setSoLinger(how == Fault.RESET, 0);
          break;
        }
      }
    } finally {
      open.remove(from);
      open.remove(to);
    }
    return null;
  }

  private static String tampered(String head, Fault how) {
    if (how == Fault.OTHER_TAG) {
      return TAG.matcher(head).replaceFirst("$1\"" + "0".repeat(32) + "\"");
    }
    return LENGTH
        .matcher(head)
        .replaceFirst(
            found ->
                found.group(1)
                    + (Long.parseLong(found.group(2)) + (how == Fault.SHORT ? -100 : 100)));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    set(Fault.DOWN);
    threads.shutdownNow();
  }
}
