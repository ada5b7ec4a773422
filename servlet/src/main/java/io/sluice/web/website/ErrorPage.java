package io.sluice.web.website;

import io.sluice.error.S3Exception;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An error as a visitor of a website sees it. Stateless. */
public final class ErrorPage {
  /** The media type of a page. */
  public static final String CONTENT_TYPE = "text/html; charset=utf-8";

  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(416, "Requested Range Not Satisfiable"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(503, "Service Unavailable"));

  private ErrorPage() {}

  /** The page, in UTF-8. */
  public static byte[] of(S3Exception e, String requestId, String hostId) {
    String title = e.status() + " " + REASONS.getOrDefault(e.status(), "Error");
    StringBuilder html = new StringBuilder();
    html.append("<html>\n<head><title>").append(title).append("</title></head>\n<body>\n<h1>");
    html.append(title).append("</h1>\n<ul>\n");
    item(html, "Code", e.code().wireCode());
    item(html, "Message", e.message());
    e.details().forEach((name, value) -> item(html, name, value));
    item(html, "RequestId", requestId);
    item(html, "HostId", hostId);
    html.append("</ul>\n<hr/>\n</body>\n</html>\n");
    return html.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void item(StringBuilder html, String name, String value) {
    html.append("<li>").append(name).append(": ").append(escape(value)).append("</li>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
