package io.sluice.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Passes bytes between two servers, and stalls or cuts answers when it is told to. Thread-safe. */
final class StallingProxy implements AutoCloseable {
  /** What becomes of an answer's connection that carried enough. */
  enum Fault {
    NONE,
    STALL,
    CUT
  }

  private static final int ENOUGH = 1 << 20;

  private final URI target;
  private final ServerSocket server;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile Fault fault = Fault.NONE;
  private volatile boolean stalled;

  StallingProxy(URI target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + target.getRawPath());
  }

  /** Says what happens from here on. */
  void set(Fault next) {
    stalled = false;
    fault = next;
  }

  /** Whether an answer stands still. */
  boolean isStalled() {
    return stalled;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "stalling-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket far = new Socket("127.0.0.1", target.getPort());
        sockets.add(client);
        sockets.add(far);
        start(() -> pass(client, far, false));
        start(() -> pass(far, client, true));
      } catch (IOException e) {
        // The listener was closed, or the server behind it is gone: who connects next sees it.
        continue;
      }
    }
  }

  private void pass(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[8192];
    long count = 0;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        count += n;
        if (answers && count > ENOUGH && fault == Fault.CUT) {
          return;
        }
        while (answers && count > ENOUGH && fault == Fault.STALL) {
          stalled = true;
          Thread.sleep(10);
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Either side went away, which closes the other.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    fault = Fault.NONE;
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
