package io.sluice.auth;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.uri.QueryString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks Signature Version 4, in headers and presigned URLs. Thread-safe. */
final class SignatureV4Verifier {
  private final AuthSettings settings;
  private final Clock clock;
  private final SigningKeys keys = new SigningKeys();

  SignatureV4Verifier(AuthSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Everything about a request that is checked before the key is looked up. */
  void checkForm(Authorization.V4 authorization, SignableRequest request, String service) {
    checkScope(authorization, service);
    if (!authorization.signedHeaders().contains("host")) {
      throw notSigned("host");
    }
    for (String name : request.headerNames()) {
      // A CDN's own header is added behind the signer's back.
      if (name.startsWith("x-amz-")
          && !name.startsWith("x-amz-cf-")
          && !authorization.signedHeaders().contains(name)) {
        throw notSigned(name);
      }
    }
    checkTime(authorization);
  }

  /**
   * Whether the scope of a signed policy is ours, and of our time: its key is derived for seven
   * days, as long as a presigned URL may live.
   */
  void checkPolicy(Authorization.V4 authorization) {
    checkScope(authorization, Authenticator.S3);
    checkTime(authorization);
  }

  private void checkScope(Authorization.V4 authorization, String service) {
    CredentialScope scope = authorization.scope();
    S3ErrorCode malformed =
        authorization.presigned()
            ? S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR
            : S3ErrorCode.AUTHORIZATION_HEADER_MALFORMED;
    scope.require(service, malformed);
    String region = settings.enforcedRegion();
    if (region != null && !region.equals(scope.region())) {
      throw malformed
          .exception(
              (authorization.presigned()
                      ? "Error parsing the X-Amz-Credential parameter; the region '"
                      : "The authorization header is malformed; the region '")
                  + scope.region()
                  + "' is wrong; expecting '"
                  + region
                  + "'")
          .with("Region", region);
    }
    if (!authorization.date().startsWith(scope.date())) {
      throw malformed.exception(
          "Invalid credential date \""
              + scope.date()
              + "\". This date is not the same as X-Amz-Date: \""
              + authorization.date().substring(0, 8)
              + "\".");
    }
  }

  private static S3Exception notSigned(String name) {
    return S3ErrorCode.ACCESS_DENIED
        .exception("There were headers present in the request which were not signed")
        .with("HeadersNotSigned", name);
  }

  private void checkTime(Authorization.V4 authorization) {
    Instant now = clock.instant();
    Duration expires = authorization.expires();
    Instant signedAt = authorization.signedAt();
    if (expires == null) {
      if (Duration.between(signedAt, now).abs().compareTo(settings.maxSkew()) > 0) {
        throw skewed(authorization.date(), now);
      }
      return;
    }
    if (signedAt.isAfter(now.plus(settings.maxSkew()))) {
      throw S3ErrorCode.ACCESS_DENIED
          .exception("Request is not valid yet")
          .with("X-Amz-Date", authorization.date())
          .with("ServerTime", now);
    }
    if (now.isAfter(signedAt.plus(expires))) {
      throw S3ErrorCode.ACCESS_DENIED
          .exception("Request has expired")
          .with("X-Amz-Expires", expires.toSeconds())
          .with("Expires", signedAt.plus(expires))
          .with("ServerTime", now);
    }
  }

  private S3Exception skewed(String requestTime, Instant now) {
    return S3ErrorCode.REQUEST_TIME_TOO_SKEWED
        .exception()
        .with("RequestTime", requestTime)
        .with("ServerTime", now)
        .with("MaxAllowedSkewMilliseconds", settings.maxSkew().toMillis());
  }

  /**
   * What is needed to check the signatures of chunks.
   *
   * @param payloadHash as it was signed: in hex, or a name in its stead
   */
  ChunkSignatures verify(
      Authorization.V4 authorization,
      SignableRequest request,
      String payloadHash,
      Credential credential) {
    QueryString query = request.query();
    SigningKeys.SigningKey key = keys.derive(credential.secretAccessKey(), authorization.scope());
    CanonicalRequest.Fixed fixed =
        new CanonicalRequest.Fixed(
            request,
            CanonicalRequest.canonicalQuery(query),
            authorization.signedHeaders(),
            payloadHash);
    CanonicalRequest first = fixed.with(request.rawPath(), CanonicalRequest.host(request));
    String expected = match(first, authorization, key);
    if (expected == null) {
      expected = matchOther(fixed, authorization, key);
    }
    if (expected == null) {
      throw mismatch(authorization, first);
    }
    return new ChunkSignatures(key, authorization.date(), authorization.scope(), expected);
  }

  /**
   * Tries the ways in which a client may have written path and host, other than as they arrived.
   */
  private @Nullable String matchOther(
      CanonicalRequest.Fixed fixed, Authorization.V4 authorization, SigningKeys.SigningKey key) {
    SignableRequest request = fixed.request();
    for (String path : CanonicalRequest.paths(request, settings.plus())) {
      for (String host : CanonicalRequest.hosts(request, settings.externalHosts())) {
        String expected = match(fixed.with(path, host), authorization, key);
        if (expected != null) {
          return expected;
        }
      }
    }
    return null;
  }

  /** The signature of a canonical request when it is the one provided, or null. */
  private static @Nullable String match(
      CanonicalRequest canonical, Authorization.V4 authorization, SigningKeys.SigningKey key) {
    String expected = key.sign(canonical.stringToSign(authorization.date(), authorization.scope()));
    return sameText(expected, authorization.signature()) ? expected : null;
  }

  /**
   * The payload hash as it was signed. A presigned URL may carry it among its parameters.
   *
   * @throws S3Exception InvalidRequest when a signed header is without it
   */
  static String payloadHash(
      Authorization.V4 authorization, SignableRequest request, QueryString query) {
    String header = request.header(PayloadHash.HEADER);
    if (header != null) {
      return header.strip();
    }
    if (authorization.presigned()) {
      return query.nonEmpty("X-Amz-Content-Sha256").orElse("UNSIGNED-PAYLOAD");
    }
    throw S3ErrorCode.INVALID_REQUEST.exception(
        "Missing required header for this request: x-amz-content-sha256");
  }

  /** Checks the signature of a form's policy, which is its own string to sign. */
  void verifyPolicy(Authorization.V4 authorization, String policy, Credential credential) {
    SigningKeys.SigningKey key = keys.derive(credential.secretAccessKey(), authorization.scope());
    if (!sameText(key.sign(policy), authorization.signature())) {
      throw diagnosis(authorization.accessKeyId(), authorization.signature(), policy);
    }
  }

  private static boolean sameText(String expected, String provided) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.ISO_8859_1),
        provided.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static S3Exception mismatch(Authorization.V4 authorization, CanonicalRequest canonical) {
    String stringToSign = canonical.stringToSign(authorization.date(), authorization.scope());
    return diagnosis(authorization.accessKeyId(), authorization.signature(), stringToSign)
        .with("CanonicalRequest", canonical)
        .with("CanonicalRequestBytes", bytes(canonical.toString()));
  }

  /** The error with which AWS answers a wrong signature, so that a client can find its mistake. */
  static S3Exception diagnosis(String accessKeyId, String signature, String stringToSign) {
    return S3ErrorCode.SIGNATURE_DOES_NOT_MATCH
        .exception()
        .with("AWSAccessKeyId", accessKeyId)
        .with("StringToSign", stringToSign)
        .with("SignatureProvided", signature)
        .with("StringToSignBytes", bytes(stringToSign));
  }

  private static String bytes(String text) {
    return HexFormat.ofDelimiter(" ")
        .formatHex(text.getBytes(StandardCharsets.ISO_8859_1))
        .toLowerCase(Locale.ROOT);
  }
}
