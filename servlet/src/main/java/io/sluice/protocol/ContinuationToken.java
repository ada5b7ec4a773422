package io.sluice.protocol;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The grammar of continuation tokens: opaque to clients, the last name of a page inside. Stateless.
 */
public final class ContinuationToken {
  private static final char FORMAT = '1';

  private ContinuationToken() {}

  /** The token of the page that begins behind a name. */
  public static String of(String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((FORMAT + last).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The name inside a token.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument when it is none of ours
   */
  public static String parse(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (text.length() > 1 && text.charAt(0) == FORMAT) {
        return text.substring(1);
      }
    } catch (IllegalArgumentException e) {
      throw invalid(token).with("Detail", "not base64");
    }
    throw invalid(token);
  }

  private static S3Exception invalid(String token) {
    return S3ErrorCode.INVALID_ARGUMENT
        .exception("The continuation token provided is incorrect")
        .with("ArgumentName", "continuation-token")
        .with("ArgumentValue", token);
  }
}
