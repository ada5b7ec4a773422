package io.sluice.it.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.locks.LockSupport;

/** A network to a server: each connection carries so many bytes a second towards the client. */
final class Line implements AutoCloseable {
  private static final int BUFFER = 128 * 1024;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MEGA = 1e6;
  private static final long CREDIT_NANOS = 20_000_000;

  private final URI target;
  private final double bytesPerNano;
  private final ServerSocket listener;

  Line(URI target, int megabytesPerSecond) throws IOException {
    this.target = target;
    this.bytesPerNano = megabytesPerSecond * MEGA / NANOS_PER_SECOND;
    this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Where it begins. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + target.getRawPath());
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "line");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(target.getHost(), target.getPort());
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        start(() -> pass(client, server, Double.MAX_VALUE));
        start(() -> pass(server, client, bytesPerNano));
      } catch (IOException e) {
        return; // closed, or the server is gone
      }
    }
  }

  private static void pass(Socket from, Socket to, double rate) {
    byte[] buffer = new byte[BUFFER];
    long due = System.nanoTime();
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        due = Math.max(due, System.nanoTime() - CREDIT_NANOS) + (long) (read / rate);
        long early = due - System.nanoTime();
        if (early > 0) {
          LockSupport.parkNanos(early);
        }
      }
    } catch (IOException e) {
      return; // either side went away, which closes the other
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
