package io.sluice.web.health;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code /-/health/echo/…}: tells the gateway, and nobody else, how its own request arrived.
 * Thread-safe.
 */
public final class EchoServlet extends HttpServlet {
  static final String PREFIX = "/-/health/echo/";
  static final String NONCE = "x-sluice-self-test";
  static final String WATCHED = "x-sluice-watched";

  /** Enough for a container that compresses to do so. */
  private static final String PADDING = "padding ".repeat(600);

  private static final long serialVersionUID = 1L;

  private final transient SelfTest selfTest;

  /** Answers the requests of a test. */
  public EchoServlet(SelfTest selfTest) {
    this.selfTest = selfTest;
  }

  /** Whether a raw path, below the context, is one of these. */
  public static boolean serves(String rawPath) {
    return rawPath.startsWith(PREFIX);
  }

  /** How a request arrived; texts stand for bytes, as in ISO 8859-1. */
  record Echo(String path, String query, String header) {
    /** Reads what {@link #toString} wrote, behind the empty line of an answer. */
    static Echo read(String answer) {
      List<String> lines = answer.strip().lines().toList();
      return new Echo(line(lines, "path "), line(lines, "query "), line(lines, "header "));
    }

    private static String line(List<String> lines, String name) {
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()))
          .findFirst()
          .orElse("");
    }

    @Override
    public String toString() {
      return "path " + path + "\nquery " + query + "\nheader " + header + "\n";
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!selfTest.knows(request.getHeader(NONCE))) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      response.setHeader("Content-Length", "0");
      return;
    }
    String query = request.getQueryString();
    String watched = request.getHeader(WATCHED);
    String value = watched == null || watched.isEmpty() ? null : request.getHeader(watched);
    Echo echo =
        new Echo(request.getRequestURI(), query == null ? "" : query, value == null ? "" : value);
    byte[] text = (echo + PADDING).getBytes(StandardCharsets.ISO_8859_1);
    Pages.write(response, "text/plain;charset=iso-8859-1", text);
  }
}
