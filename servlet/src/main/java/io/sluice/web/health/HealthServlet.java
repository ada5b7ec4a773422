package io.sluice.web.health;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code /-/health/live}: the process answers; {@code /-/health/ready}: it would serve requests,
 * else the names of what does not work. Thread-safe.
 */
public final class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String LIVE = "/-/health/live";
  private static final String READY = "/-/health/ready";

  private final transient Readiness readiness;
  private final transient SelfTest selfTest;

  /** Serves the health of a gateway. */
  public HealthServlet(Readiness readiness, SelfTest selfTest) {
    this.readiness = readiness;
    this.selfTest = selfTest;
  }

  /** Whether a raw path, below the context, is one of these. */
  public static boolean serves(String rawPath) {
    return rawPath.equals(LIVE) || rawPath.equals(READY);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Whoever asks first tells where the container listens.
    selfTest.logOnce(ConnectorAddress.of(request));
    List<String> failing =
        request.getRequestURI().endsWith(READY) ? readiness.failing() : List.of();
    String text = failing.isEmpty() ? "ok\n" : "not ready: " + String.join(", ", failing) + "\n";
    response.setStatus(
        failing.isEmpty() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    Pages.write(response, "text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }
}
