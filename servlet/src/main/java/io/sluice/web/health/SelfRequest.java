package io.sluice.web.health;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Requests from the gateway to itself, byte by byte: clients of HTTP would tidy up what has to be
 * sent as it is. Immutable.
 *
 * @param address where it listens
 * @param nonce by which it knows its own requests
 * @param tls how to speak to a connector with TLS; null for one without
 */
record SelfRequest(ConnectorAddress address, String nonce, @Nullable OwnTls tls) {
  private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(2).toMillis();
  private static final int READ_MILLIS = (int) Duration.ofSeconds(5).toMillis();
  private static final int MAX_ANSWER = 1 << 20;
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  /**
   * Finds out how to speak to a connector.
   *
   * @throws IOException when a plain request does not come through, or the address is not this
   *     machine's, as one is that a proxy tells with the PROXY protocol
   */
  static SelfRequest to(ConnectorAddress address, String nonce) throws IOException {
    InetAddress host = InetAddress.getByName(address.host());
    if (!host.isLoopbackAddress() && NetworkInterface.getByInetAddress(host) == null) {
      throw new IOException(address.host() + " is no address of this machine");
    }
    ContainerSetting plain = ContainerSetting.ALL.get(0);
    SelfRequest clear = new SelfRequest(address, nonce, null);
    String fault = clear.faultOf(plain);
    if (fault == null) {
      return clear;
    }
    OwnTls tls = new OwnTls();
    SelfRequest encrypted = new SelfRequest(address, nonce, tls);
    String tlsFault = encrypted.faultOf(plain);
    if (tlsFault == null) {
      return encrypted;
    }
    if (tls.askedForCertificate()) {
      throw new IOException(
          "port %d asks for clients' certificates, and the gateway has none to show"
              .formatted(address.port()));
    }
    throw new IOException(
        "a plain request to %s port %d failed: %s; over TLS: %s"
            .formatted(address.host(), address.port(), fault, tlsFault));
  }

  /** What goes wrong with a request; null when it arrives as it is sent. */
  @Nullable String faultOf(ContainerSetting setting) {
    String path = address.context() + EchoServlet.PREFIX + setting.path();
    String answer;
    try {
      answer = send(path, setting);
    } catch (IOException | GeneralSecurityException e) {
      return "no answer: " + e.getClass().getSimpleName();
    }
    int end = answer.indexOf("\r\n\r\n");
    if (end < STATUS_AT) {
      return "no answer";
    }
    String status = answer.substring(STATUS_AT, Math.min(end, STATUS_AT + 3));
    if (!status.equals("200")) {
      return "answered " + status;
    }
    String headers = answer.substring(0, end).toLowerCase(Locale.ROOT);
    if (headers.contains("\r\ncontent-encoding:")) {
      return "the answer is compressed";
    }
    if (setting.id().equals(ContainerSetting.DATE) && !headers.contains("\r\ndate:")) {
      return "the answer has none";
    }
    EchoServlet.Echo seen = EchoServlet.Echo.read(answer.substring(end));
    if (!seen.path().equals(path)) {
      return "arrived as " + seen.path();
    }
    if (!seen.query().equals(setting.query())) {
      return "arrived as ?" + seen.query();
    }
    String watched = setting.headers().getOrDefault(setting.watched(), "");
    return seen.header().equals(watched) ? null : "arrived as " + seen.header();
  }

  private String send(String path, ContainerSetting setting)
      throws IOException, GeneralSecurityException {
    try (Socket socket = tls == null ? new Socket() : tls.socket()) {
      socket.setSoTimeout(READ_MILLIS);
      socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
      String head = head(host(socket), path, setting);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return read(socket.getInputStream());
    }
  }

  private String head(String host, String path, ContainerSetting setting) {
    StringBuilder head = new StringBuilder("GET ").append(path);
    if (!setting.query().isEmpty()) {
      head.append('?').append(setting.query());
    }
    head.append(" HTTP/1.1\r\nHost: ").append(host).append(':').append(address.port());
    head.append("\r\nConnection: close\r\n");
    head.append(EchoServlet.NONCE).append(": ").append(nonce).append("\r\n");
    head.append(EchoServlet.WATCHED).append(": ").append(setting.watched()).append("\r\n");
    setting
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }

  private String host(Socket socket) throws IOException, GeneralSecurityException {
    String name = socket instanceof SSLSocket encrypted ? OwnTls.name(encrypted) : null;
    if (name != null) {
      return name;
    }
    return address.host().contains(":") ? "[" + address.host() + "]" : address.host();
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int count = in.read(buffer);
    while (count >= 0 && answer.size() < MAX_ANSWER) {
      answer.write(buffer, 0, count);
      count = in.read(buffer);
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }
}
