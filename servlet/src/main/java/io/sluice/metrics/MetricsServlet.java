package io.sluice.metrics;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code /-/metrics}: all meters in Prometheus's text format. Thread-safe. */
public final class MetricsServlet extends HttpServlet {
  /** Where it is, below the context. */
  public static final String PATH = "/-/metrics";

  private static final long serialVersionUID = 1L;
  private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final transient GatewayMetrics metrics;
  private final transient OperatorAccess access;

  /**
   * Serves meters.
   *
   * @param access who may read them
   */
  public MetricsServlet(GatewayMetrics metrics, OperatorAccess access) {
    this.metrics = metrics;
    this.access = access;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!access.permits(request)) {
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
}
