package io.sluice.storage.remote;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.storage.remote.circuit.ProviderAwayException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The only place where the SDK's exceptions become S3 errors: what the remote says is passed on
 * with its code and message; what is wrong between it and this gateway (network, credentials,
 * region) is 503 for the client and a warning for the operator. Thread-safe.
 *
 * @param provider the provider's name
 */
record RemoteErrors(String provider) {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteErrors.class);

  private static final Map<String, S3ErrorCode> CODES =
      Arrays.stream(S3ErrorCode.values())
          .collect(Collectors.toMap(S3ErrorCode::wireCode, Function.identity(), (a, b) -> a));

  /**
   * Faults of the gateway's own access to the remote. A client that read them would look for the
   * fault in its own keys.
   */
  private static final Set<String> OWN_FAULTS =
      Set.of(
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "InvalidToken",
          "TokenRefreshRequired",
          "RequestTimeTooSkewed",
          "AuthorizationHeaderMalformed",
          "AuthorizationQueryParametersError",
          "InvalidSecurity",
          "AccountProblem",
          "NotSignedUp",
          "PermanentRedirect",
          "TemporaryRedirect",
          "Redirect");

  /** An element of an error document that holds text alone. */
  private static final Pattern ELEMENT = Pattern.compile("<(\\w{1,64})>([^<]{0,2048})</\\1>");

  /** Elements that the error document here has of its own. */
  private static final Set<String> OWN_ELEMENTS =
      Set.of("Code", "Message", "Resource", "RequestId", "HostId", "BucketName");

  private static final Set<String> RELAYED_HEADERS =
      Set.of("x-amz-delete-marker", "x-amz-version-id", "Last-Modified", "Allow", "Retry-After");

  /**
   * Does a call.
   *
   * @throws S3Exception when it fails
   */
  <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw translate(e);
    }
  }

  /** Does a call that asks for what may not be there; empty when it is not. */
  <T> Optional<T> find(Supplier<T> call, Set<S3ErrorCode> absent) {
    try {
      return Optional.of(call.get());
    } catch (SdkException e) {
      S3Exception error = translate(e);
      if (absent.contains(error.code())) {
        return Optional.empty();
      }
      throw error;
    }
  }

  /** The S3 error of an exception. */
  S3Exception translate(SdkException exception) {
    return exception instanceof AwsServiceException answer ? ofAnswer(answer) : broken(exception);
  }

  private S3Exception ofAnswer(AwsServiceException answer) {
    String wireCode = wireCode(answer);
    if (OWN_FAULTS.contains(wireCode) || answer.statusCode() / 100 == 3) {
      LOG.warn(
          "Provider {} refuses this gateway: {} {} (request {})",
          provider,
          answer.statusCode(),
          wireCode,
          answer.requestId());
      return unavailable("does not accept this gateway's requests", answer);
    }
    S3ErrorCode code = code(wireCode, answer.statusCode());
    String message = message(answer, code);
    if (code.status() >= 500) {
      LOG.warn(
          "Provider {} fails: {} {} {} (request {})",
          provider,
          answer.statusCode(),
          wireCode,
          message,
          answer.requestId());
    }
    S3Exception error =
        code.status() >= 500 ? code.exception(message, answer) : code.exception(message);
    if (!wireCode.equals(code.wireCode()) && !wireCode.isEmpty()) {
      error.with("ProviderCode", wireCode);
    }
    error.with("Provider", provider).with("ProviderRequestId", answer.requestId());
    relay(answer, error);
    return error;
  }

  private static void relay(AwsServiceException answer, S3Exception error) {
    AwsErrorDetails details = answer.awsErrorDetails();
    if (details != null && details.rawResponse() != null) {
      Matcher element = ELEMENT.matcher(details.rawResponse().asUtf8String());
      while (element.find()) {
        if (!OWN_ELEMENTS.contains(element.group(1))) {
          error.with(element.group(1), unescape(element.group(2)));
        }
      }
    }
    if (details != null && details.sdkHttpResponse() != null) {
      for (String name : RELAYED_HEADERS) {
        error.withHeader(name, details.sdkHttpResponse().firstMatchingHeader(name).orElse(null));
      }
      if (error.code() == S3ErrorCode.INVALID_RANGE) {
        error.withHeader(
            "Content-Range",
            details.sdkHttpResponse().firstMatchingHeader("Content-Range").orElse(null));
      }
    }
  }

  private static String unescape(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }

  private S3Exception broken(SdkException exception) {
    ProviderAwayException away = ProviderAwayException.in(exception);
    if (away != null) {
      LOG.debug("Provider {} is left alone", provider);
      return unavailable("cannot be reached", exception)
          .withHeader("Retry-After", Integer.toString(away.retryAfterSeconds()));
    }
    LOG.warn("Provider {} cannot be reached: {}", provider, exception.getMessage(), exception);
    return unavailable("cannot be reached", exception);
  }

  private S3Exception unavailable(String what, SdkException cause) {
    return S3ErrorCode.SERVICE_UNAVAILABLE
        .exception("The provider of this bucket " + what + ". Please try again.", cause)
        .with("Provider", provider);
  }

  private static String wireCode(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    return code == null ? "" : code;
  }

  private static String message(AwsServiceException answer, S3ErrorCode code) {
    AwsErrorDetails details = answer.awsErrorDetails();
    @Nullable String message = details == null ? null : details.errorMessage();
    return message == null || message.isBlank() ? code.defaultMessage() : message;
  }

  private static S3ErrorCode code(String wireCode, int status) {
    S3ErrorCode known = CODES.get(wireCode);
    if (known != null) {
      return known;
    }
    return switch (status) {
      case 403 -> S3ErrorCode.ACCESS_DENIED;
      case 404 -> S3ErrorCode.NO_SUCH_KEY;
      case 405 -> S3ErrorCode.METHOD_NOT_ALLOWED;
      case 409 -> S3ErrorCode.OPERATION_ABORTED;
      case 411 -> S3ErrorCode.MISSING_CONTENT_LENGTH;
      case 412 -> S3ErrorCode.PRECONDITION_FAILED;
      case 416 -> S3ErrorCode.INVALID_RANGE;
      case 429 -> S3ErrorCode.SLOW_DOWN;
      case 501 -> S3ErrorCode.NOT_IMPLEMENTED;
      case 500 -> S3ErrorCode.INTERNAL_ERROR;
      case 507 -> S3ErrorCode.STORAGE_FULL;
      default -> status >= 500 ? S3ErrorCode.SERVICE_UNAVAILABLE : S3ErrorCode.INVALID_REQUEST;
    };
  }
}
