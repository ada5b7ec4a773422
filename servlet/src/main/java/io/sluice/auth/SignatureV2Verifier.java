package io.sluice.auth;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.uri.QueryString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks Signature Version 2, which old clients and {@code aws s3 presign} without {@code s3v4}
 * still make. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html">Signing
 *     and authenticating REST requests</a>
 */
final class SignatureV2Verifier {
  /** The parameters that are part of the canonicalized resource. */
  private static final Set<String> SIGNED_PARAMETERS =
      Set.of(
          "accelerate",
          "acl",
          "analytics",
          "cors",
          "delete",
          "encryption",
          "inventory",
          "legal-hold",
          "lifecycle",
          "location",
          "logging",
          "metrics",
          "notification",
          "object-lock",
          "partNumber",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "replication",
          "requestPayment",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires",
          "restore",
          "retention",
          "select",
          "select-type",
          "tagging",
          "torrent",
          "uploadId",
          "uploads",
          "versionId",
          "versioning",
          "versions",
          "website");

  private final AuthSettings settings;
  private final Clock clock;

  SignatureV2Verifier(AuthSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether this form is accepted at all, and is of our time. */
  void checkForm(Authorization.V2 authorization, SignableRequest request) {
    Instant now = clock.instant();
    Instant expiresAt = authorization.expiresAt();
    boolean accepted = expiresAt == null ? settings.sigV2Header() : settings.sigV2Presigned();
    if (!accepted) {
      throw unsupported();
    }
    if (expiresAt != null) {
      if (now.isAfter(expiresAt)) {
        throw S3ErrorCode.ACCESS_DENIED
            .exception("Request has expired")
            .with("Expires", expiresAt)
            .with("ServerTime", now);
      }
      return;
    }
    String date = firstOf(request, "x-amz-date", "date");
    Instant signedAt = Authorization.instant(date);
    if (Duration.between(signedAt, now).abs().compareTo(settings.maxSkew()) > 0) {
      throw S3ErrorCode.REQUEST_TIME_TOO_SKEWED
          .exception()
          .with("RequestTime", date)
          .with("ServerTime", now)
          .with("MaxAllowedSkewMilliseconds", settings.maxSkew().toMillis());
    }
  }

  private static S3Exception unsupported() {
    return S3ErrorCode.INVALID_REQUEST.exception(
        "The authorization mechanism you have provided is not supported. Please use"
            + " AWS4-HMAC-SHA256.");
  }

  /**
   * Whether signed policies of forms are accepted: like presigned URLs, they were made by somebody
   * else than who sends them.
   */
  void checkPolicy() {
    if (!settings.sigV2Presigned()) {
      throw unsupported();
    }
  }

  /** Checks the signature of a form's policy, which is its own string to sign. */
  static void verifyPolicy(Authorization.V2 authorization, String policy, Credential credential) {
    byte[] expected =
        Base64.getEncoder()
            .encode(SigningKeys.hmac(key(credential), policy.getBytes(StandardCharsets.UTF_8)));
    byte[] signature = authorization.signature().getBytes(StandardCharsets.ISO_8859_1);
    if (!MessageDigest.isEqual(expected, signature)) {
      throw SignatureV4Verifier.diagnosis(
          authorization.accessKeyId(), authorization.signature(), policy);
    }
  }

  private static SecretKeySpec key(Credential credential) {
    return new SecretKeySpec(
        credential.secretAccessKey().getBytes(StandardCharsets.UTF_8), "HmacSHA1");
  }

  private static String firstOf(SignableRequest request, String name, String other) {
    String value = request.header(name);
    String fallback = value == null ? request.header(other) : value;
    return fallback == null ? "" : fallback.strip();
  }

  /** Checks the signature. */
  void verify(
      Authorization.V2 authorization,
      SignableRequest request,
      QueryString query,
      Credential credential) {
    SecretKeySpec key = key(credential);
    byte[] signature = authorization.signature().getBytes(StandardCharsets.ISO_8859_1);
    String head = head(authorization, request, query);
    String parameters = parameters(query);
    String first = null;
    for (String path : paths(request)) {
      String stringToSign = head + path + parameters;
      first = first == null ? stringToSign : first;
      byte[] text = stringToSign.getBytes(StandardCharsets.ISO_8859_1);
      byte[] expected = Base64.getEncoder().encode(SigningKeys.hmac(key, text));
      if (MessageDigest.isEqual(expected, signature)) {
        return;
      }
    }
    throw SignatureV4Verifier.diagnosis(
        authorization.accessKeyId(), authorization.signature(), first == null ? "" : first);
  }

  /**
   * What stands before the resource. A presigned URL may carry headers as parameters, as botocore
   * writes them, a session token among them; where both are there the header counts.
   */
  private static String head(
      Authorization.V2 authorization, SignableRequest request, QueryString query) {
    Instant expiresAt = authorization.expiresAt();
    Map<String, List<String>> amz = new TreeMap<>();
    Map<String, String> positional = new HashMap<>();
    if (expiresAt != null) {
      for (QueryString.Parameter parameter : query.parameters()) {
        String name = parameter.name().toLowerCase(Locale.ROOT);
        String value = parameter.value() == null ? "" : headerText(parameter.value());
        if (name.startsWith("x-amz-")) {
          amz.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        } else if (name.equals("content-md5") || name.equals("content-type")) {
          positional.put(name, value);
        }
      }
    }
    for (String name : request.headerNames()) {
      if (name.startsWith("x-amz-")) {
        amz.put(name, request.headers(name));
      } else if (name.equals("content-md5") || name.equals("content-type")) {
        positional.put(name, firstOf(request, name, name));
      }
    }
    StringBuilder text = new StringBuilder(256);
    text.append(request.method()).append('\n');
    text.append(positional.getOrDefault("content-md5", "")).append('\n');
    text.append(positional.getOrDefault("content-type", "")).append('\n');
    if (expiresAt != null) {
      text.append(expiresAt.getEpochSecond());
    } else if (request.header("x-amz-date") == null) {
      text.append(firstOf(request, "date", "date"));
    }
    text.append('\n');
    amz.forEach(
        (name, values) -> {
          text.append(name).append(':');
          CanonicalRequest.appendValues(text, values);
          text.append('\n');
        });
    return text.toString();
  }

  /** Decoded text in the form in which headers reach us: each byte of UTF-8 as one character. */
  private static String headerText(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String parameters(QueryString query) {
    List<String> signed = new ArrayList<>();
    for (QueryString.Parameter parameter : query.parameters()) {
      if (SIGNED_PARAMETERS.contains(parameter.name())) {
        signed.add(
            parameter.value() == null
                ? parameter.name()
                : parameter.name() + "=" + headerText(parameter.value()));
      }
    }
    signed.sort(null);
    return signed.isEmpty() ? "" : "?" + String.join("&", signed);
  }

  /**
   * The path as it may have been signed: with the bucket of a virtual host in front, and then in no
   * other way, since SigV2 covers no host and the path alone would name another bucket.
   */
  private Set<String> paths(SignableRequest request) {
    String bucket = request.hostBucket();
    Set<String> paths = CanonicalRequest.paths(request, settings.plus());
    if (bucket != null) {
      return paths.stream()
          .map(path -> "/" + bucket + path)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
    if (isBucket(request.rawPath().substring(request.pathPrefix().length()))) {
      // The same resource as a virtual host has it, which is how botocore signs it.
      List.copyOf(paths).forEach(path -> paths.add(path + "/"));
    }
    return paths;
  }

  /** Whether a path names a bucket, and ends with its name. */
  private static boolean isBucket(String path) {
    return path.length() > 1 && path.lastIndexOf('/') == 0;
  }
}
