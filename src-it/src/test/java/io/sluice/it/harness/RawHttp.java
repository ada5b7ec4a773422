package io.sluice.it.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocketFactory;

/** HTTP by socket: sends the bytes that it is given, however wrong they are. Stateless. */
public final class RawHttp {
  private static final Logger LOG = Logger.getLogger(RawHttp.class.getName());
  private static final int READ_TIMEOUT_MILLIS = 30_000;

  private RawHttp() {}

  /** Opens a connection to a server. */
  public static Socket connect(URI server) throws IOException {
    InetAddress address = InetAddress.getByName(server.getHost());
    Socket socket = new Socket(address, server.getPort());
    if ("https".equals(server.getScheme())) {
      SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
      socket = tls.createSocket(socket, server.getHost(), server.getPort(), true);
    }
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Sends head and body on a new connection and reads the answer. */
  public static RawResponse send(URI server, String head, byte[] body) throws IOException {
    try (Socket socket = connect(server)) {
      write(socket, head, body);
      return RawResponse.read(socket.getInputStream(), head.startsWith("HEAD "));
    }
  }

  /** Sends head and body, then says that nothing follows, whatever the length said. */
  public static RawResponse sendAndShut(URI server, String head, byte[] body) throws IOException {
    try (Socket socket = connect(server)) {
      write(socket, head, body);
      socket.shutdownOutput();
      return RawResponse.read(socket.getInputStream(), head.startsWith("HEAD "));
    }
  }

  /** Sends a head without the body that it announces; the answer that comes all the same. */
  public static RawResponse sendHead(URI server, String head) throws IOException {
    return send(server, head, new byte[0]);
  }

  /** Writes head and body. */
  public static void write(Socket socket, String head, byte[] body) throws IOException {
    OutputStream out = socket.getOutputStream();
    try {
      out.write(head.getBytes(StandardCharsets.UTF_8));
      out.write(body);
      out.flush();
    } catch (SocketException closed) {
      // The server may answer and close before it has read everything; without an answer the read
      // that follows fails.
      LOG.log(Level.FINE, "the server read no further", closed);
    }
  }

  /** Reads the answer to what was written. */
  public static RawResponse read(Socket socket) throws IOException {
    return RawResponse.read(socket.getInputStream(), false);
  }
}
