package io.sluice.protocol.form;

import io.sluice.error.S3ErrorCode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A header's value with parameters: {@code form-data; name="key"; filename="a b.txt"}. Immutable.
 *
 * @param value what stands before the parameters, lower case
 * @param parameters names, lower case, with their values unquoted
 */
record HeaderParameters(String value, Map<String, String> parameters) {
  HeaderParameters {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Parses. A backslash escapes a quote alone: browsers have sent Windows paths with bare ones.
   *
   * @throws io.sluice.error.S3Exception MalformedPOSTRequest
   */
  static HeaderParameters parse(String text) {
    int semicolon = text.indexOf(';');
    String value = semicolon < 0 ? text : text.substring(0, semicolon);
    Map<String, String> parameters = new LinkedHashMap<>();
    int position = semicolon;
    while (position >= 0 && position < text.length()) {
      position = parameter(text, position + 1, parameters);
    }
    return new HeaderParameters(value.strip().toLowerCase(Locale.ROOT), parameters);
  }

  /** Reads one parameter; the position of the semicolon behind it, or the length of the text. */
  private static int parameter(String text, int begin, Map<String, String> parameters) {
    int equals = text.indexOf('=', begin);
    if (equals < 0) {
      if (text.substring(begin).isBlank()) {
        return text.length();
      }
      throw malformed();
    }
    String name = text.substring(begin, equals).strip().toLowerCase(Locale.ROOT);
    int from = equals + 1;
    while (from < text.length() && (text.charAt(from) == ' ' || text.charAt(from) == '\t')) {
      from++;
    }
    StringBuilder value = new StringBuilder();
    boolean quoted = from < text.length() && text.charAt(from) == '"';
    int end = quoted ? quoted(text, from + 1, value) : token(text, from, value);
    if (name.isEmpty() || parameters.put(name, value.toString()) != null) {
      throw malformed();
    }
    int next = text.indexOf(';', end);
    String between = text.substring(end, next < 0 ? text.length() : next);
    if (!between.isBlank()) {
      throw malformed();
    }
    return next < 0 ? text.length() : next;
  }

  private static int quoted(String text, int begin, StringBuilder value) {
    for (int i = begin; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        i++;
        c = '"';
      }
      value.append(c);
    }
    throw malformed();
  }

  private static int token(String text, int begin, StringBuilder value) {
    int semicolon = text.indexOf(';', begin);
    int end = semicolon < 0 ? text.length() : semicolon;
    value.append(text.substring(begin, end).strip());
    return end;
  }

  private static RuntimeException malformed() {
    return S3ErrorCode.MALFORMED_POST_REQUEST.exception();
  }
}
