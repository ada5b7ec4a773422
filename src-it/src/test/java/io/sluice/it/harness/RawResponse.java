package io.sluice.it.harness;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An answer as it came over the wire. Immutable but for its body.
 *
 * @param status the status of the final answer
 * @param interim the statuses that came before it, such as 100
 * @param headers names in lower case, a colon, the value
 * @param body the bytes after framing was taken off
 */
public record RawResponse(int status, List<Integer> interim, List<String> headers, byte[] body) {

  /** The header's first value; null without one. */
  public String header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return headers.stream()
        .filter(header -> header.startsWith(start))
        .map(header -> header.substring(start.length()).trim())
        .findFirst()
        .orElse(null);
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The Code of an error document; empty without one. */
  public String errorCode() {
    String text = text();
    int start = text.indexOf("<Code>");
    int end = text.indexOf("</Code>");
    return start < 0 || end < start ? "" : text.substring(start + "<Code>".length(), end);
  }

  static RawResponse read(InputStream in, boolean bodiless) throws IOException {
    List<Integer> interim = new ArrayList<>();
    int status = statusOf(line(in));
    List<String> headers = headers(in);
    while (status >= 100 && status < 200) {
      interim.add(status);
      status = statusOf(line(in));
      headers = headers(in);
    }
    RawResponse head = new RawResponse(status, interim, headers, new byte[0]);
    boolean empty = bodiless || status == 204 || status == 304;
    return empty ? head : new RawResponse(status, interim, headers, head.readBody(in));
  }

  private byte[] readBody(InputStream in) throws IOException {
    if ("chunked".equalsIgnoreCase(header("transfer-encoding"))) {
      return chunks(in);
    }
    String length = header("content-length");
    return length == null ? in.readAllBytes() : exactly(in, Integer.parseInt(length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size = Integer.parseInt(line(in).split(";")[0].trim(), 16);
    while (size > 0) {
      body.writeBytes(exactly(in, size));
      line(in);
      size = Integer.parseInt(line(in).split(";")[0].trim(), 16);
    }
    headers(in);
    return body.toByteArray();
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length != length) {
      throw new EOFException("the answer ended after " + bytes.length + " of " + length);
    }
    return bytes;
  }

  private static int statusOf(String line) {
    return Integer.parseInt(line.split(" ")[1]);
  }

  private static List<String> headers(InputStream in) throws IOException {
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon));
    }
    return headers;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended inside a line: " + line);
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
