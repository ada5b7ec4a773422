package io.sluice.sts;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import org.jspecify.annotations.Nullable;

/**
 * A refusal in the words of the token service. Confined to one request.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">Errors</a>
 */
public final class TokenRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SERVER_FAULT = 500;

  private final int status;
  private final String code;

  TokenRefusal(int status, String code, String message) {
    this(status, code, message, null);
  }

  private TokenRefusal(int status, String code, String message, @Nullable Throwable cause) {
    super(message, cause, true, status >= SERVER_FAULT);
    this.status = status;
    this.code = code;
  }

  /** What S3 would say, as this service says it. */
  public static TokenRefusal of(S3Exception e) {
    return switch (e.code()) {
      case INVALID_ACCESS_KEY_ID, INVALID_TOKEN ->
          refusal(
              403,
              "InvalidClientTokenId",
              "The security token included in the request is invalid.",
              e);
      case EXPIRED_TOKEN ->
          refusal(403, "ExpiredToken", "The security token included in the request is expired", e);
      case REQUEST_TIME_TOO_SKEWED -> refusal(403, "SignatureDoesNotMatch", e.message(), e);
      case SIGNATURE_DOES_NOT_MATCH ->
          refusal(
              403,
              "SignatureDoesNotMatch",
              "The request signature we calculated does not match the signature you provided. Check"
                  + " your AWS Secret Access Key and signing method.",
              e);
      case AUTHORIZATION_HEADER_MALFORMED, INVALID_ARGUMENT, INVALID_REQUEST ->
          refusal(400, "IncompleteSignature", e.message(), e);
      case MALFORMED_POLICY -> refusal(400, "MalformedPolicyDocument", e.message(), e);
      case INTERNAL_ERROR -> refusal(SERVER_FAULT, "InternalFailure", e.message(), e);
      default -> refusal(e.status(), e.code().wireCode(), e.message(), e);
    };
  }

  private static TokenRefusal refusal(int status, String code, String message, S3Exception cause) {
    return new TokenRefusal(status, code, message, cause);
  }

  /** A failure of ours; what failed is not told. */
  public static TokenRefusal internal(Throwable cause) {
    return new TokenRefusal(
        SERVER_FAULT, "InternalFailure", S3ErrorCode.INTERNAL_ERROR.defaultMessage(), cause);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The code in the document. */
  public String code() {
    return code;
  }

  /** The document. */
  public Object document(String requestId) {
    return new TokenDocuments.ErrorResponse(
        new TokenDocuments.Fault(
            status >= SERVER_FAULT ? "Receiver" : "Sender", code, String.valueOf(getMessage())),
        requestId);
  }
}
