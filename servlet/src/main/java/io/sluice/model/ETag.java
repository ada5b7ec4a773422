package io.sluice.model;

/**
 * An entity tag without its quotes: for S3 the MD5 of the body in hex, or the MD5 of the parts'
 * MD5s and {@code -parts}. Always strong when the gateway sends it. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, 8.8.3</a>
 */
public record ETag(String value) {
  /** Parses a tag as clients send it: quoted, unquoted or weak. Total. */
  public static ETag parse(String text) {
    String tag = text.strip();
    if (tag.startsWith("W/")) {
      tag = tag.substring(2);
    }
    if (tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"")) {
      tag = tag.substring(1, tag.length() - 1);
    }
    return new ETag(tag);
  }

  /** The tag as it travels, quoted. */
  public String quoted() {
    return '"' + value + '"';
  }

  @Override
  public String toString() {
    return value;
  }
}
