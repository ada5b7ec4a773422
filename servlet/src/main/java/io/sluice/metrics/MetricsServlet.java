package io.sluice.metrics;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * {@code /-/metrics}: all meters in Prometheus's text format. With a token, for whoever sends it as
 * {@code Authorization: Bearer …}; without one, for this machine alone, and not through a proxy on
 * it. Thread-safe.
 */
public final class MetricsServlet extends HttpServlet {
  /** Where it is, below the context. */
  public static final String PATH = "/-/metrics";

  private static final long serialVersionUID = 1L;
  private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final transient GatewayMetrics metrics;
  private final String token;

  /**
   * Serves meters.
   *
   * @param token what a scraper has to send; empty to serve this machine alone
   */
  public MetricsServlet(GatewayMetrics metrics, String token) {
    this.metrics = metrics;
    this.token = token;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!mayRead(request)) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      response.setHeader("Content-Length", "0");
      return;
    }
    byte[] text = metrics.scrape().getBytes(StandardCharsets.UTF_8);
    response.setContentType(FORMAT);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Length", Integer.toString(text.length));
    response.getOutputStream().write(text);
  }

  private boolean mayRead(HttpServletRequest request) throws IOException {
    if (!token.isEmpty()) {
      String sent = request.getHeader("Authorization");
      return sent != null
          && MessageDigest.isEqual(
              sent.getBytes(StandardCharsets.UTF_8),
              ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }
    boolean forwarded =
        request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null;
    // A literal address: nothing is looked up.
    return !forwarded && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
  }
}
