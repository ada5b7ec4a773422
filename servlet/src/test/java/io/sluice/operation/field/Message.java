package io.sluice.operation.field;

import io.sluice.checksum.ChecksumDigest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A request as a line of text: {@code PUT /bucket/key?tagging | Header: value << body}.
 *
 * @param line method and target
 * @param headers lines of headers
 * @param body the body, or an empty string
 */
record Message(String line, List<String> headers, String body) {
  static Message parse(String text) {
    String[] halves = text.split(" << ", 2);
    List<String> parts = new ArrayList<>(Arrays.asList(halves[0].split(" \\| ")));
    return new Message(
        parts.remove(0).strip(), List.copyOf(parts), halves.length == 2 ? halves[1].strip() : "");
  }

  /** The same with another header or parameter, in the place of one of that name. */
  Message with(String field, String value) {
    String name = field.substring(field.indexOf(' ') + 1);
    if (field.startsWith("query: ")) {
      Message without = without(field);
      String mark = without.line.contains("?") ? "&" : "?";
      return new Message(without.line + mark + name + "=" + value, headers, body);
    }
    List<String> more = new ArrayList<>(without(field).headers);
    more.add((name.endsWith("-") ? name + "probe" : name) + ": " + value);
    return new Message(line, List.copyOf(more), body);
  }

  /** Whether it has this header or parameter. */
  boolean has(String field) {
    return !without(field).equals(this);
  }

  /** The same without a header or parameter. */
  Message without(String field) {
    String name = field.substring(field.indexOf(' ') + 1);
    if (field.startsWith("query: ")) {
      String rest = line.replaceAll("(?<=[?&])" + name + "(=[^&]*)?(&|$)", "");
      return new Message(rest.replaceAll("[?&]$", ""), headers, body);
    }
    List<String> less = new ArrayList<>(headers);
    less.removeIf(
        header ->
            header.toLowerCase(Locale.ROOT).startsWith(name + (name.endsWith("-") ? "" : ":")));
    return new Message(line, List.copyOf(less), body);
  }

  Message withBody(String other) {
    return new Message(line, headers, other);
  }

  /** Its headers and, for a document, the digest that its operation may want. */
  String[] headerLines() {
    List<String> lines = new ArrayList<>(headers);
    if (body.startsWith("<") || body.startsWith("{")) {
      byte[] digest =
          ChecksumDigest.messageDigest("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
      lines.add("Content-MD5: " + Base64.getEncoder().encodeToString(digest));
    }
    return lines.toArray(String[]::new);
  }
}
