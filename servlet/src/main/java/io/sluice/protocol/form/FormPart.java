package io.sluice.protocol.form;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.uri.PercentCoding;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a part say. Immutable.
 *
 * @param name the field's name, lower case, since S3 compares it without regard to case
 * @param fileName the last segment of the file's name; null when it has none
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7578#section-4.2">RFC 7578, 4.2</a>
 */
record FormPart(String name, @Nullable String fileName) {
  private static final Set<String> IDENTITY_ENCODINGS = Set.of("7bit", "8bit", "binary");

  /**
   * Interprets headers.
   *
   * @param headers names, lower case, with their values
   * @throws S3Exception MalformedPOSTRequest
   */
  static FormPart of(Map<String, String> headers) {
    String encoding = headers.getOrDefault("content-transfer-encoding", "binary");
    if (!IDENTITY_ENCODINGS.contains(encoding.strip().toLowerCase(Locale.ROOT))) {
      // RFC 7578 forbids what RFC 2046 had; stored as it is it would be another file.
      throw malformed();
    }
    HeaderParameters disposition =
        HeaderParameters.parse(headers.getOrDefault("content-disposition", ""));
    String name = disposition.parameters().get("name");
    if (!disposition.value().equals("form-data") || name == null) {
      throw malformed();
    }
    String fileName = disposition.parameters().get("filename");
    String extended = disposition.parameters().get("filename*");
    if (fileName == null && extended != null) {
      fileName = extended(extended);
    }
    return new FormPart(
        name.toLowerCase(Locale.ROOT), fileName == null ? null : lastSegment(fileName));
  }

  /** RFC 5987's {@code UTF-8''a%20b}, which RFC 7578 forbids and some libraries send. */
  private static String extended(String text) {
    String charset = "utf-8'";
    int quote = text.indexOf('\'', charset.length());
    if (!text.regionMatches(true, 0, charset, 0, charset.length()) || quote < 0) {
      throw malformed();
    }
    return PercentCoding.decode(text.substring(quote + 1), PercentCoding.Plus.PLUS);
  }

  /** Some browsers send the path that the file has on its machine. */
  private static String lastSegment(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private static S3Exception malformed() {
    return S3ErrorCode.MALFORMED_POST_REQUEST.exception();
  }
}
