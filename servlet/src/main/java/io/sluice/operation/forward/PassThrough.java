package io.sluice.operation.forward;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.auth.Authenticator.Claim;
import io.sluice.auth.SignableRequest;
import io.sluice.auth.VerifiedBody;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.operation.BucketProperties;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.protocol.S3Target;
import io.sluice.storage.Storage;
import io.sluice.storage.forward.ForwardedAnswer;
import io.sluice.storage.forward.SignedForwarding;
import io.sluice.storage.forward.SignedRequest;
import io.sluice.storage.forward.SignedRequest.Effect;
import io.sluice.storage.forward.SignedRequest.Style;
import io.sluice.uri.QueryString;
import io.sluice.xml.XmlBodies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are signed for the S3 that a bucket lives in: they are executed there, as they are,
 * and what it answers is answered here. Only buckets of providers take part, where the feature is
 * on; of their requests those with the signature in the query, and those signed in a header that
 * say by {@link #STYLE} or by their access key for whom. Operations that change a bucket itself do
 * not take part. Thread-safe.
 */
public final class PassThrough {
  /** The header that says how a request was signed: {@code path} or {@code virtual-hosted}. */
  public static final String STYLE = "ais-s3-signed-request-style";

  /** Room for the 1,000 keys of DeleteObjects, each byte a numeric reference. */
  private static final int MAX_BODY_BYTES = 8 << 20;

  /** What the query of a plain read may hold: the signature, and what SDKs say to themselves. */
  private static final Set<String> OF_PLAIN_READS =
      Set.of(
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-expires",
          "x-amz-signedheaders",
          "x-amz-signature",
          "x-amz-security-token",
          "x-amz-content-sha256",
          "awsaccesskeyid",
          "signature",
          "expires",
          "x-id");

  private final Storage storage;
  private final BooleanSupplier everywhere;
  private final boolean byKey;

  /**
   * Passes through to what a store is attached to.
   *
   * @param everywhere whether the feature is on for all buckets
   * @param byKey whether any S3 expects requests of certain access keys
   */
  public PassThrough(Storage storage, BooleanSupplier everywhere, boolean byKey) {
    this.storage = storage;
    this.everywhere = everywhere;
    this.byKey = byKey;
  }

  /**
   * What a request says of its signature, when it is to be executed elsewhere; empty when this
   * gateway is meant.
   *
   * @throws S3Exception InvalidArgument for an unknown style; AuthorizationHeaderMalformed and
   *     AuthorizationQueryParametersError for another region than that S3's, and for credentials
   *     that are malformed
   */
  public Optional<Claim> claim(
      SignableRequest request, QueryString query, S3Target target, S3Operation operation)
      throws IOException {
    BucketName bucket = bucket(target);
    if (bucket == null || !takesPart(operation, target)) {
      return Optional.empty();
    }
    boolean says =
        query.has("X-Amz-Signature") || query.has("Signature") || request.header(STYLE) != null;
    if (!says && !byKey) {
      return Optional.empty();
    }
    SignedForwarding there = storage.forwarding(bucket).orElse(null);
    if (there == null || !isOn(bucket)) {
      return Optional.empty();
    }
    style(request.header(STYLE));
    Claim claim = Claim.of(request, query).orElse(null);
    if (claim == null || !(says || there.expects(claim.accessKeyId()))) {
      return Optional.empty();
    }
    checkRegion(claim, there.region());
    return Optional.of(claim);
  }

  private static @Nullable BucketName bucket(S3Target target) {
    if (target instanceof S3Target.ObjectTarget object) {
      return object.bucket();
    }
    return target instanceof S3Target.BucketTarget bucket ? bucket.bucket() : null;
  }

  /**
   * Reads of a bucket, and everything about objects but forms, which say in the body who signed.
   */
  private static boolean takesPart(S3Operation operation, S3Target target) {
    return !operation.signedInBody()
        && (target instanceof S3Target.ObjectTarget
            || operation.access() == S3Operation.Access.READ
            || operation == S3Operation.DELETE_OBJECTS);
  }

  private boolean isOn(BucketName bucket) throws IOException {
    if (everywhere.getAsBoolean()) {
      return true;
    }
    try {
      return BucketProperties.of(storage.buckets(), bucket).passesThrough();
    } catch (S3Exception e) {
      if (e.code() == S3ErrorCode.NO_SUCH_BUCKET || e.code() == S3ErrorCode.NOT_IMPLEMENTED) {
        return false;
      }
      throw e;
    }
  }

  private static @Nullable Style style(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "path" -> Style.PATH;
      case "virtual-hosted" -> Style.VIRTUAL_HOSTED;
      default ->
          throw S3ErrorCode.INVALID_ARGUMENT
              .exception("unrecognized request style")
              .with("ArgumentName", STYLE)
              .with("ArgumentValue", value);
    };
  }

  /** A signature for another region is never sent, nor is it ever a part of a host. */
  private static void checkRegion(Claim claim, String region) {
    String claimed = claim.region();
    if (claimed != null && !claimed.equals(region)) {
      S3ErrorCode code =
          claim.presigned()
              ? S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR
              : S3ErrorCode.AUTHORIZATION_HEADER_MALFORMED;
      throw code.exception(
              "The credential is for the region '"
                  + claimed
                  + "'; the bucket's is '"
                  + region
                  + "'.")
          .with("Region", region);
    }
  }

  /**
   * Executes a request.
   *
   * @param claim what {@link #claim} said of it
   * @param operation what it was recognised as
   * @param headers its headers as they arrived, without those that presigners put into the query
   * @param rawQuery its query as it arrived; null for none
   * @return the answer; empty when the object is here, as that S3 has it, and whoever signed may
   *     read it
   * @throws S3Exception ServiceUnavailable when that S3 cannot be reached; MalformedXML
   */
  public Optional<S3Response> execute(
      Claim claim,
      S3Operation operation,
      S3Request request,
      S3Headers headers,
      @Nullable String rawQuery)
      throws IOException {
    SignedForwarding there =
        storage
            .forwarding(request.bucket())
            .orElseThrow(
                () -> S3ErrorCode.NO_SUCH_BUCKET.exception().with("BucketName", request.bucket()));
    SignedRequest signed = signed(operation, request, headers, rawQuery);
    if (isPlainRead(claim, operation, signed)) {
      return there.read(signed).map(PassThrough::response);
    }
    return Optional.of(response(there.send(signed)));
  }

  private static S3Response response(ForwardedAnswer answer) {
    return S3Response.forwarded(answer);
  }

  private static boolean isPlainRead(Claim claim, S3Operation operation, SignedRequest request) {
    boolean read = operation == S3Operation.GET_OBJECT || operation == S3Operation.HEAD_OBJECT;
    return read
        && !claim.signedHeaders().contains("if-none-match")
        && request.headers().keySet().stream()
            .noneMatch(name -> name.startsWith("x-amz-server-side-encryption"))
        && QueryString.parse(request.rawQuery()).parameters().stream()
            .allMatch(
                parameter -> OF_PLAIN_READS.contains(parameter.name().toLowerCase(Locale.ROOT)));
  }

  private static SignedRequest signed(
      S3Operation operation, S3Request request, S3Headers arrived, @Nullable String rawQuery)
      throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : arrived.names()) {
      headers.put(name, arrived.all(name));
    }
    ObjectKey key = request.target() instanceof S3Target.ObjectTarget object ? object.key() : null;
    boolean read = request.method().equals("GET") || request.method().equals("HEAD");
    SignedRequest.Body body = SignedRequest.Body.NONE;
    Effect effect = Effect.NONE;
    if (operation == S3Operation.DELETE_OBJECTS) {
      byte[] document = request.body().readAll(MAX_BODY_BYTES);
      body = new Document(document);
      effect = new Effect(XmlBodies.read(document, Deletion.class).keys(), null);
    } else if (!read) {
      body = new Arriving(request.body());
      effect = new Effect(key == null ? Set.of() : Set.of(key), makes(operation) ? key : null);
    }
    return new SignedRequest(
        request.method(),
        request.bucket(),
        key,
        request.origin().url().endsWith("/"),
        rawQuery == null ? "" : rawQuery,
        headers,
        style(arrived.get(STYLE)),
        body,
        effect);
  }

  private static boolean makes(S3Operation operation) {
    return switch (operation) {
      case PUT_OBJECT, COPY_OBJECT, COMPLETE_MULTIPART_UPLOAD -> true;
      default -> false;
    };
  }

  /** The keys that DeleteObjects names; the rest is for whoever executes it. */
  @JsonRootName("Delete")
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Deletion(@Nullable List<Named> object) {
    /** An object. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Named(@Nullable String key) {}

    Set<ObjectKey> keys() {
      return object == null
          ? Set.of()
          : object.stream()
              .map(named -> new ObjectKey(named.key() == null ? "" : named.key()))
              .collect(Collectors.toSet());
    }
  }

  /** A document that is in hand. */
  private static final class Document implements SignedRequest.Body {
    private final byte[] bytes;

    Document(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public OptionalLong lengthBytes() {
      return OptionalLong.of(bytes.length);
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** A body that is on its way. */
  private record Arriving(VerifiedBody body) implements SignedRequest.Body {
    @Override
    public OptionalLong lengthBytes() {
      return body.lengthBytes();
    }

    @Override
    public InputStream open() throws IOException {
      return body.stream();
    }
  }
}
