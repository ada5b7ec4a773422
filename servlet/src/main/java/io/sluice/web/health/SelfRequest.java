package io.sluice.web.health;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Requests from the gateway to itself, byte by byte: clients of HTTP would tidy up what has to be
 * sent as it is. Immutable.
 *
 * @param address where it listens
 * @param nonce by which it knows its own requests
 * @param encrypted whether the connector speaks TLS
 */
record SelfRequest(ConnectorAddress address, String nonce, boolean encrypted) {
  private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(2).toMillis();
  private static final int READ_MILLIS = (int) Duration.ofSeconds(5).toMillis();
  private static final int MAX_ANSWER = 1 << 20;
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  /**
   * Finds out how to speak to a connector.
   *
   * @throws IOException when a plain request does not come through
   */
  static SelfRequest to(ConnectorAddress address, String nonce) throws IOException {
    ContainerSetting plain = ContainerSetting.ALL.get(0);
    SelfRequest clear = new SelfRequest(address, nonce, false);
    String fault = clear.faultOf(plain);
    if (fault == null) {
      return clear;
    }
    SelfRequest tls = new SelfRequest(address, nonce, true);
    if (tls.faultOf(plain) == null) {
      return tls;
    }
    throw new IOException(
        "a plain request to " + address.host() + " port " + address.port() + " failed: " + fault);
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
    if (answer.substring(0, end).toLowerCase(Locale.ROOT).contains("\r\ncontent-encoding:")) {
      return "the answer is compressed";
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
    StringBuilder head = new StringBuilder("GET ").append(path);
    if (!setting.query().isEmpty()) {
      head.append('?').append(setting.query());
    }
    String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
    head.append(" HTTP/1.1\r\nHost: ").append(host).append(':').append(address.port());
    head.append("\r\nConnection: close\r\n");
    head.append(EchoServlet.NONCE).append(": ").append(nonce).append("\r\n");
    head.append(EchoServlet.WATCHED).append(": ").append(setting.watched()).append("\r\n");
    setting
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("\r\n");
    try (Socket socket = encrypted ? unverified() : new Socket()) {
      socket.setSoTimeout(READ_MILLIS);
      socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return read(socket.getInputStream());
    }
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

  /** To itself, by an address that no certificate names; nothing is sent that is worth hiding. */
  private static Socket unverified() throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Everybody()}, null);
    return context.getSocketFactory().createSocket();
  }

  /** Trusts every certificate. */
  private static final class Everybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
