package io.sluice.protocol.form;

import io.sluice.error.S3ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What separates the parts of a form: 1 to 70 characters. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1">RFC 2046, 5.1.1</a>
 */
public record FormBoundary(String value) {
  private static final String GRAMMAR = "[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]";

  /**
   * The boundary of a {@code Content-Type}.
   *
   * @throws io.sluice.error.S3Exception PreconditionFailed for another type than a form's;
   *     MalformedPOSTRequest without a boundary
   */
  public static FormBoundary parse(@Nullable String contentType) {
    String text = contentType == null ? "" : contentType.strip();
    String type = "multipart/form-data";
    boolean isForm =
        text.regionMatches(true, 0, type, 0, type.length())
            && (text.length() == type.length() || " \t;".indexOf(text.charAt(type.length())) >= 0);
    if (!isForm) {
      throw S3ErrorCode.PRECONDITION_FAILED
          .exception()
          .with("Condition", "Bucket POST must be of the enclosure-type multipart/form-data");
    }
    String boundary = HeaderParameters.parse(text).parameters().get("boundary");
    if (boundary == null || !boundary.matches(GRAMMAR)) {
      throw S3ErrorCode.MALFORMED_POST_REQUEST.exception();
    }
    return new FormBoundary(boundary);
  }
}
