package io.sluice.auth;

import io.sluice.auth.Identity.Role;
import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.uri.QueryString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who sent a request, from its headers and query alone. Thread-safe. */
public final class Authenticator {
  /** The service for which requests to S3 are signed. */
  static final String S3 = "s3";

  private static final String TOKEN = "x-amz-security-token";

  private static final Identity CLOSED_NETWORK =
      new Identity(Account.canonicalIdOf("admin"), "admin", "", Role.ADMIN);

  private final AuthSettings settings;
  private final CredentialStore credentials;
  private final SignatureV4Verifier v4;
  private final SignatureV2Verifier v2;

  /**
   * What a request says of its signature, believed by nobody here: for requests that another S3
   * authenticates. Immutable.
   *
   * @param accessKeyId the key that it is said to be made with
   * @param sessionToken the token of temporary credentials; or null
   * @param region the region that it is for; null for SigV2, which knows none
   * @param presigned whether it stands in the query
   * @param signedHeaders names of the headers that it covers, lower case
   */
  public record Claim(
      String accessKeyId,
      @Nullable String sessionToken,
      @Nullable String region,
      boolean presigned,
      List<String> signedHeaders) {
    /** Copies the names. */
    public Claim {
      signedHeaders = List.copyOf(signedHeaders);
    }

    /**
     * What a request says; empty when it says nothing.
     *
     * @throws io.sluice.error.S3Exception as for malformed credentials
     */
    public static Optional<Claim> of(SignableRequest request, QueryString query) {
      Authorization authorization = Authorization.parse(request, query);
      String header = request.header(TOKEN);
      if (authorization instanceof Authorization.V4 v4) {
        return Optional.of(
            new Claim(
                v4.accessKeyId(),
                header == null ? query.get("X-Amz-Security-Token") : header,
                v4.scope().region(),
                v4.presigned(),
                v4.signedHeaders()));
      }
      if (authorization instanceof Authorization.V2 v2) {
        return Optional.of(
            new Claim(
                v2.accessKeyId(),
                header == null ? query.get(TOKEN) : header,
                null,
                v2.expiresAt() != null,
                List.of()));
      }
      return Optional.empty();
    }

    /** Somebody whom only another S3 knows. */
    Identity identity() {
      return new Identity(
          Identity.ANONYMOUS_ID, "signed elsewhere", accessKeyId, Identity.Role.USER);
    }
  }

  /** An authenticator over a store of keys. */
  public Authenticator(AuthSettings settings, CredentialStore credentials, Clock clock) {
    this.settings = settings;
    this.credentials = credentials;
    this.v4 = new SignatureV4Verifier(settings, clock);
    this.v2 = new SignatureV2Verifier(settings, clock);
  }

  /**
   * Authenticates. The body is not touched.
   *
   * @throws io.sluice.error.S3Exception AccessDenied, InvalidAccessKeyId, SignatureDoesNotMatch,
   *     RequestTimeTooSkewed and the errors of malformed credentials
   */
  public Authenticated authenticate(SignableRequest request) {
    if (settings.mode() == AuthSettings.Mode.NONE) {
      return new Authenticated(closedNetwork(), request, payloadHash(request), null);
    }
    QueryString query = request.query();
    Authorization authorization = Authorization.parse(request, query);
    if (authorization instanceof Authorization.V4 signed) {
      v4.checkForm(signed, request, S3);
      String header = request.header(TOKEN);
      String token = header == null ? query.get("X-Amz-Security-Token") : header;
      Credential credential = credential(signed.accessKeyId(), token);
      ChunkSignatures chunks =
          v4.verify(
              signed, request, SignatureV4Verifier.payloadHash(signed, request, query), credential);
      checkToken(credential, token);
      PayloadHash payloadHash =
          PayloadHash.parse(SignatureV4Verifier.payloadHash(signed, request, query));
      return authenticated(credential.identity(), request, payloadHash, chunks);
    }
    if (authorization instanceof Authorization.V2 signed) {
      v2.checkForm(signed, request);
      String header = request.header(TOKEN);
      String token = header == null ? query.get(TOKEN) : header;
      Credential credential = credential(signed.accessKeyId(), token);
      v2.verify(signed, request, query, credential);
      checkToken(credential, token);
      return authenticated(credential.identity(), request, payloadHash(request), null);
    }
    return authenticated(Identity.ANONYMOUS, request, payloadHash(request), null);
  }

  /**
   * Authenticates a request that may be signed for another S3.
   *
   * @return who signed it for this gateway; empty when no key of this gateway's did
   * @throws io.sluice.error.S3Exception as {@link #authenticate} where a key of this gateway's did
   */
  public Optional<Authenticated> authenticateOwn(SignableRequest request, Claim claimed) {
    String token = claimed.sessionToken();
    Optional<Credential> own =
        token == null
            ? credentials.find(claimed.accessKeyId())
            : credentials.find(claimed.accessKeyId(), token);
    if (settings.mode() == AuthSettings.Mode.NONE || own.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(authenticate(request));
    } catch (S3Exception e) {
      if (e.code() == S3ErrorCode.SIGNATURE_DOES_NOT_MATCH) {
        // The same pair of keys may be known to both.
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Authenticates a request to another service, which is signed in its headers and whose body is in
   * hand: its hash is part of what is signed, and no header says it.
   *
   * @param service such as {@code sts}
   * @return who signed; nobody in particular when nobody did
   * @throws io.sluice.error.S3Exception as {@link #authenticate}
   */
  public Identity authenticate(SignableRequest request, String service, byte[] body) {
    if (settings.mode() == AuthSettings.Mode.NONE) {
      return closedNetwork();
    }
    Authorization authorization = Authorization.parse(request, request.query());
    if (authorization instanceof Authorization.Anonymous) {
      return Identity.ANONYMOUS;
    }
    if (!(authorization instanceof Authorization.V4 signed) || signed.presigned()) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "Requests to " + service + " are signed with AWS4-HMAC-SHA256, in a header.");
    }
    v4.checkForm(signed, request, service);
    String token = request.header(TOKEN);
    Credential credential = credential(signed.accessKeyId(), token);
    String payloadHash =
        HexFormat.of().formatHex(ChecksumDigest.digest(ChecksumAlgorithm.SHA256, body));
    v4.verify(signed, request, payloadHash, credential);
    checkToken(credential, token);
    return credential.identity();
  }

  /**
   * Whoever visits a website: nobody, whatever they send, or the first administrator where no
   * signatures are checked.
   */
  public Authenticated visitor(SignableRequest request) {
    Identity identity =
        settings.mode() == AuthSettings.Mode.NONE ? closedNetwork() : Identity.ANONYMOUS;
    return new Authenticated(identity, request, new PayloadHash.Unsigned(), null);
  }

  /**
   * Authenticates the sender of a form by the signature of its policy.
   *
   * @param fields the form's fields, names in lower case
   * @return who signed; empty when the form says nothing, or nothing is asked
   * @throws io.sluice.error.S3Exception as {@link #authenticate}; InvalidArgument for a field that
   *     is missing
   */
  public Optional<Identity> authenticateForm(Map<String, String> fields) {
    if (settings.mode() == AuthSettings.Mode.NONE) {
      return Optional.empty();
    }
    Authorization authorization = Authorization.ofForm(fields);
    String policy = fields.getOrDefault("policy", "");
    String token = fields.get("x-amz-security-token");
    if (authorization instanceof Authorization.V4 signed) {
      v4.checkPolicy(signed);
      Credential credential = credential(signed.accessKeyId(), token);
      v4.verifyPolicy(signed, policy, credential);
      checkToken(credential, token);
      return Optional.of(credential.identity());
    }
    if (authorization instanceof Authorization.V2 signed) {
      v2.checkPolicy();
      Credential credential = credential(signed.accessKeyId(), token);
      SignatureV2Verifier.verifyPolicy(signed, policy, credential);
      checkToken(credential, token);
      return Optional.of(credential.identity());
    }
    return Optional.empty();
  }

  private static Authenticated authenticated(
      Identity identity,
      SignableRequest request,
      PayloadHash payloadHash,
      @Nullable ChunkSignatures chunks) {
    if (chunks == null && payloadHash instanceof PayloadHash.Chunked chunked && chunked.signed()) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "Signed chunks need a request signed with AWS4-HMAC-SHA256.");
    }
    return new Authenticated(identity, request, payloadHash, chunks);
  }

  private Identity closedNetwork() {
    return credentials.all().stream()
        .map(Credential::account)
        .filter(account -> account.role() == Role.ADMIN)
        .findFirst()
        .map(account -> account.identity(""))
        .orElse(CLOSED_NETWORK);
  }

  private static PayloadHash payloadHash(SignableRequest request) {
    String header = request.header(PayloadHash.HEADER);
    return header == null ? new PayloadHash.Unsigned() : PayloadHash.parse(header.strip());
  }

  private Credential credential(String accessKeyId, @Nullable String token) {
    return (token == null ? credentials.find(accessKeyId) : credentials.find(accessKeyId, token))
        .orElseThrow(
            () ->
                S3ErrorCode.INVALID_ACCESS_KEY_ID.exception().with("AWSAccessKeyId", accessKeyId));
  }

  private static void checkToken(Credential credential, @Nullable String token) {
    String expected = credential.sessionToken();
    byte[] given = (token == null ? "" : token).getBytes(StandardCharsets.UTF_8);
    byte[] known = (expected == null ? "" : expected).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(given, known)) {
      throw S3ErrorCode.INVALID_TOKEN.exception();
    }
  }
}
