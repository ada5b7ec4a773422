package io.sluice.web.console;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * {@code /-/console/}: three files that show what the administrators' interface tells. They hold
 * nothing; the browser signs its requests with keys that are typed into the page. Thread-safe.
 */
public final class ConsoleServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "/-/console";

  /** Scripts, styles and requests of this origin, and nothing else; in no frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final transient Map<String, Page> pages =
      Map.of(
          "/", Page.read("index.html", "text/html;charset=utf-8"),
          "/console.js", Page.read("console.js", "text/javascript;charset=utf-8"),
          "/console.css", Page.read("console.css", "text/css;charset=utf-8"));

  /** A file. */
  @SuppressWarnings("ArrayRecordComponent") // Not compared.
  private record Page(String type, byte[] bytes) {
    static Page read(String name, String type) {
      try (InputStream in = ConsoleServlet.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException(name + " is missing from the archive");
        }
        return new Page(type, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whether a raw path, below the context, is one of the console. */
  public static boolean serves(String rawPath) {
    return rawPath.equals(PREFIX) || rawPath.startsWith(PREFIX + "/");
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (path.equals(PREFIX)) {
      response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
      response.setHeader("Location", request.getRequestURI() + "/");
      response.setHeader("Content-Length", "0");
      return;
    }
    Page page = pages.get(path.substring(PREFIX.length()));
    if (page == null) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      response.setHeader("Content-Length", "0");
      return;
    }
    response.setContentType(page.type());
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("Content-Length", Integer.toString(page.bytes().length));
    response.getOutputStream().write(page.bytes());
  }
}
