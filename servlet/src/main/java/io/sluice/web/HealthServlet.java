package io.sluice.web;

import io.sluice.error.S3Exception;
import io.sluice.storage.Storage;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /-/health/live}: the process answers; {@code /-/health/ready}: the store does too.
 * Thread-safe.
 */
final class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(HealthServlet.class);
  private static final String LIVE = "/-/health/live";
  private static final String READY = "/-/health/ready";

  private final transient Storage storage;

  HealthServlet(Storage storage) {
    this.storage = storage;
  }

  static boolean serves(String rawPath) {
    return rawPath.equals(LIVE) || rawPath.equals(READY);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean healthy = !request.getRequestURI().endsWith(READY) || isReady();
    byte[] text =
        (healthy ? "ok\n" : "the store does not answer\n").getBytes(StandardCharsets.UTF_8);
    response.setStatus(
        healthy ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("text/plain");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Length", Integer.toString(text.length));
    response.getOutputStream().write(text);
  }

  private boolean isReady() {
    try {
      storage.buckets().list("", null, 1);
      return true;
    } catch (IOException | S3Exception e) {
      LOG.warn("The store does not answer", e);
      return false;
    }
  }
}
