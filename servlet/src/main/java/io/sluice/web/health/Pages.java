package io.sluice.web.health;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes pages of ours. Stateless. */
final class Pages {
  private Pages() {}

  static void write(HttpServletResponse response, String type, byte[] bytes) throws IOException {
    response.setContentType(type);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    response.setHeader("Content-Length", Integer.toString(bytes.length));
    response.getOutputStream().write(bytes);
  }
}
