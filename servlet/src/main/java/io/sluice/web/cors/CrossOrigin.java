package io.sluice.web.cors;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.operation.setting.CorsConfiguration;
import io.sluice.operation.setting.CorsRule;
import io.sluice.operation.setting.CorsRules;
import io.sluice.protocol.S3Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket's CORS configuration adds to answers. It comes before authentication, so that a
 * script gets to read why it was refused. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html">OPTIONS</a>
 */
public final class CrossOrigin {
  private static final String REQUEST_METHOD = "Access-Control-Request-Method";
  private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";
  private static final String NOT_ALLOWED =
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of"
          + " Origin, request method / Access-Control-Request-Method or"
          + " Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

  private final CorsRules rules;

  /** Over the rules of buckets. */
  public CrossOrigin(CorsRules rules) {
    this.rules = rules;
  }

  /** Adds to the answer of an actual request what its origin may see; nothing without an origin. */
  public void allow(S3Target target, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String origin = request.getHeader("Origin");
    BucketName bucket = bucket(target);
    if (origin == null || bucket == null) {
      return;
    }
    // Browsers do not send it here; where a client does, it says which method is meant.
    String asked = request.getHeader(REQUEST_METHOD);
    String method = asked == null ? request.getMethod() : asked;
    configuration(bucket)
        .flatMap(cors -> cors.match(origin, method, requestedHeaders(request)))
        .ifPresent(match -> describe(match, origin, response));
  }

  /**
   * Answers a preflight request.
   *
   * @throws S3Exception BadRequest when it is none; AccessForbidden when no rule allows what it
   *     asks for
   */
  public void preflight(S3Target target, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String origin = request.getHeader("Origin");
    if (origin == null) {
      throw S3ErrorCode.BAD_REQUEST.exception(
          "Insufficient information. Origin request header needed.");
    }
    String method = request.getHeader(REQUEST_METHOD);
    if (method == null || !CorsRule.METHODS.contains(method)) {
      throw S3ErrorCode.BAD_REQUEST.exception("Invalid Access-Control-Request-Method: " + method);
    }
    BucketName bucket = bucket(target);
    CorsConfiguration cors = bucket == null ? null : configuration(bucket).orElse(null);
    if (cors == null) {
      throw forbidden("CORSResponse: Bucket not found", method, target);
    }
    if (cors.rules().isEmpty()) {
      throw forbidden("CORSResponse: CORS is not enabled for this bucket.", method, target);
    }
    List<String> headers = requestedHeaders(request);
    CorsConfiguration.Match match =
        cors.match(origin, method, headers)
            .orElseThrow(() -> forbidden(NOT_ALLOWED, method, target));
    describe(match, origin, response);
    if (!headers.isEmpty()) {
      response.setHeader("Access-Control-Allow-Headers", String.join(", ", headers));
    }
    response.setStatus(HttpServletResponse.SC_OK);
    response.setHeader("Content-Length", "0");
  }

  private static void describe(
      CorsConfiguration.Match match, String origin, HttpServletResponse response) {
    CorsRule rule = match.rule();
    response.setHeader("Access-Control-Allow-Origin", match.anyOrigin() ? "*" : origin);
    response.setHeader("Access-Control-Allow-Methods", String.join(", ", rule.allowedMethods()));
    if (!rule.exposeHeaders().isEmpty()) {
      response.setHeader("Access-Control-Expose-Headers", String.join(", ", rule.exposeHeaders()));
    }
    Integer maxAgeSeconds = rule.maxAgeSeconds();
    if (maxAgeSeconds != null) {
      response.setHeader("Access-Control-Max-Age", maxAgeSeconds.toString());
    }
    if (!match.anyOrigin()) {
      response.setHeader("Access-Control-Allow-Credentials", "true");
    }
    response.setHeader("Vary", "Origin, " + REQUEST_HEADERS + ", " + REQUEST_METHOD);
  }

  /** The rules of a bucket; nothing for a bucket that is not there. */
  private Optional<CorsConfiguration> configuration(BucketName bucket) throws IOException {
    try {
      return Optional.of(rules.of(bucket));
    } catch (S3Exception e) {
      if (e.code() == S3ErrorCode.NO_SUCH_BUCKET) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static @Nullable BucketName bucket(S3Target target) {
    if (target instanceof S3Target.ObjectTarget object) {
      return object.bucket();
    }
    return target instanceof S3Target.BucketTarget bucket ? bucket.bucket() : null;
  }

  private static List<String> requestedHeaders(HttpServletRequest request) {
    return Collections.list(request.getHeaders(REQUEST_HEADERS)).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static S3Exception forbidden(String message, String method, S3Target target) {
    return S3ErrorCode.ACCESS_FORBIDDEN
        .exception(message)
        .with("Method", method)
        .with("ResourceType", target.kind().name());
  }
}
