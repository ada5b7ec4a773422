package io.sluice.web.health;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Something that the container's connector decides before the gateway sees a request, with a
 * request that shows how it decided, and what to change where it decided wrong. Immutable.
 *
 * @param id a short name
 * @param matter what does not work without it
 * @param path what the request's raw path ends with, which has to arrive as it is
 * @param query its raw query, likewise; empty for none
 * @param headers its headers besides the usual ones
 * @param watched the header whose value has to arrive as it is; empty for none
 * @param tomcat what to write into Tomcat's server.xml
 * @param jetty what to write into Jetty's start.d/sluice.ini
 */
record ContainerSetting(
    String id,
    String matter,
    String path,
    String query,
    Map<String, String> headers,
    String watched,
    String tomcat,
    String jetty) {
  private static final int BIG_HEADER = 30_000;
  private static final int MANY_HEADERS = 150;
  private static final String PROBE = "x-amz-meta-probe";
  private static final String SERVED = "nothing: it is served by default; see Connector";
  private static final String COMPLIANCE = "jetty.httpConfig.uriCompliance=RFC3986,…,";
  private static final String RELAXED = "\"&quot;&lt;&gt;[\\]^`{|}\"";

  /** The one that is about the answer's {@code Date}. */
  static final String DATE = "date";

  /** All of them; the first is a request that every container serves. */
  static final List<ContainerSetting> ALL =
      List.of(
          ofPath("plain", "plain requests", "a", SERVED, "nothing: it is served by default"),
          ofPath(
              "encoded-slash",
              "keys that are sent with %2F",
              "a%2Fb/..%2Fc",
              "encodedSolidusHandling=\"passthrough\"",
              COMPLIANCE + "AMBIGUOUS_PATH_SEPARATOR"),
          ofPath(
              "encoded-backslash",
              "keys with a backslash",
              "a%5Cb",
              "encodedReverseSolidusHandling=\"passthrough\"",
              COMPLIANCE + "SUSPICIOUS_PATH_CHARACTERS"),
          ofPath(
              "empty-segment",
              "keys with // in them",
              "a//b/",
              SERVED,
              COMPLIANCE + "AMBIGUOUS_EMPTY_SEGMENT"),
          ofPath(
              "encoded-percent",
              "keys with a percent sign",
              "a%25b%252F",
              SERVED,
              COMPLIANCE + "AMBIGUOUS_PATH_ENCODING"),
          ofPath(
              "dot-segment",
              "keys with . and .. as segments",
              "a/b/../%2E%2E/c",
              SERVED,
              COMPLIANCE + "AMBIGUOUS_PATH_SEGMENT"),
          ofPath(
              "semicolon",
              "keys with a semicolon",
              "a;b=c/..;/d",
              SERVED,
              COMPLIANCE + "AMBIGUOUS_PATH_PARAMETER"),
          ofPath(
              "control-character",
              "keys with control characters",
              "a%01b",
              "encodedReverseSolidusHandling=\"passthrough\"",
              COMPLIANCE + "SUSPICIOUS_PATH_CHARACTERS"),
          ofPath("non-ascii", "keys beyond ASCII", "%C3%A9%F0%9F%98%80", SERVED, "nothing"),
          ofPath(
              "bare-characters",
              "keys whose brackets and bars clients do not encode",
              "[a]{b}|^`",
              "relaxedPathChars=" + RELAXED,
              COMPLIANCE + "ILLEGAL_PATH_CHARACTERS"),
          new ContainerSetting(
              "bare-query",
              "queries whose brackets and bars clients do not encode",
              "a",
              "prefix=[a]|b",
              Map.of(),
              "",
              "relaxedQueryChars=" + RELAXED,
              "nothing: it is served by default"),
          ofPath(
                  "big-headers",
                  "much metadata, and long tokens",
                  "a",
                  "maxHttpHeaderSize=\"65536\"",
                  "jetty.httpConfig.requestHeaderSize=65536 (limits.headers = 64KiB in the runner)")
              .with(Map.of(PROBE, "x".repeat(BIG_HEADER)), PROBE),
          ofPath(
                  "many-headers",
                  "objects with much metadata",
                  "a",
                  "maxHeaderCount=\"-1\"",
                  "nothing: it is served by default")
              .with(many(), PROBE + "-1"),
          ofPath(
                  "header-case",
                  "signatures over a Content-Type that is not in lower case",
                  "a",
                  SERVED,
                  "etc/sluice-http.xml: headerCacheCaseSensitive=true")
              .with(Map.of("content-type", "Text/Plain;Charset=UTF-8"), "content-type"),
          ofPath(
                  "non-ascii-header",
                  "metadata beyond ASCII",
                  "a",
                  SERVED,
                  "nothing: it is served by default")
              .with(Map.of(PROBE, latin1("caf\u00e9")), PROBE),
          ofPath(
              DATE,
              "clients that correct their clocks by the answers",
              "a",
              SERVED,
              "jetty.httpConfig.sendDateHeader=true"),
          ofPath(
                  "compression",
                  "entity tags and ranges, which compression breaks",
                  "a",
                  "compression=\"off\"",
                  "no gzip module")
              .with(Map.of("accept-encoding", "gzip"), "accept-encoding"));

  private static ContainerSetting ofPath(
      String id, String matter, String path, String tomcat, String jetty) {
    return new ContainerSetting(id, matter, path, "", Map.of(), "", tomcat, jetty);
  }

  /** The same with headers, of which one is watched. */
  private ContainerSetting with(Map<String, String> more, String header) {
    return new ContainerSetting(id, matter, path, query, more, header, tomcat, jetty);
  }

  private static Map<String, String> many() {
    Map<String, String> headers = new java.util.LinkedHashMap<>();
    for (int i = 0; i < MANY_HEADERS; i++) {
      headers.put(PROBE + "-" + i, "x");
    }
    return headers;
  }

  /** Characters that stand for the bytes of UTF-8, as they travel in headers. */
  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** What to change in a container. */
  String change(boolean inTomcat) {
    return inTomcat ? "Connector " + tomcat : jetty;
  }
}
