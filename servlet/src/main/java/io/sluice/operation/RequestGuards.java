package io.sluice.operation;

import io.sluice.encryption.ServerSideEncryption;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.AccountId;
import io.sluice.model.BucketName;
import io.sluice.protocol.CopySource;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import io.sluice.storage.BucketStore;
import io.sluice.uri.QueryString;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers that guard a request or ask for a feature: honoured here for every operation, or
 * refused by name, never ignored. Thread-safe.
 */
public final class RequestGuards {
  private static final String EXPECTED_OWNER = "x-amz-expected-bucket-owner";
  private static final String EXPECTED_SOURCE_OWNER = "x-amz-source-expected-bucket-owner";

  /** What a listing tells beside the usual. */
  public static final String OPTIONAL_ATTRIBUTES = "x-amz-optional-object-attributes";

  private static final String GRANT_PREFIX = "x-amz-grant-";

  /** Canned ACLs that say what holds anyway: the owner has full control, others nothing. */
  private static final Set<String> OWNER_ONLY_ACLS =
      Set.of("private", "bucket-owner-full-control", "bucket-owner-read");

  private final BucketStore buckets;
  private final RequestPayment payment;

  /** Guards over a store. */
  public RequestGuards(BucketStore buckets) {
    this.buckets = buckets;
    this.payment = new RequestPayment(buckets);
  }

  /**
   * Checks a request.
   *
   * @param operation what it was recognised as
   * @throws S3Exception NotImplemented for a feature that is not built; AccessDenied when a bucket
   *     has another owner than expected, or its requesters pay and this one does not say so
   * @return whether the requester is charged, as the answer shall tell
   */
  public boolean check(S3Operation operation, S3Request request) throws IOException {
    S3Headers headers = request.headers();
    for (String name : headers.names()) {
      if (name.startsWith("x-amz-")) {
        checkFeature(name, headers.nonBlank(name).orElse(""), honours(operation, name));
      }
    }
    checkQuery(operation, request);
    if (headers.has(EXPECTED_OWNER) && !(request.target() instanceof S3Target.ServiceTarget)) {
      checkOwner(request.bucket(), headers, EXPECTED_OWNER);
    }
    if (headers.has(EXPECTED_SOURCE_OWNER) && headers.has(CopySource.HEADER)) {
      BucketName source = CopySource.parse(headers.get(CopySource.HEADER)).bucket();
      checkOwner(source, headers, EXPECTED_SOURCE_OWNER);
    }
    // Who sends a form is not known before it is read; then it is checked as a PutObject.
    return !operation.signedInBody() && payment.charges(operation, request);
  }

  /** A guard in the query counts, whoever put it there; a copy source is one in a header alone. */
  private static void checkQuery(S3Operation operation, S3Request request) {
    boolean write = !request.method().equals("GET") && !request.method().equals("HEAD");
    for (QueryString.Parameter parameter : request.query().parameters()) {
      String name = parameter.name().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-amz-")) {
        // Only what counts as a header, as in a presigned request, is seen by its operation.
        boolean honoured = request.headers().has(name) && honours(operation, name);
        checkFeature(name, parameter.value() == null ? "" : parameter.value(), honoured);
        if (write && name.startsWith(CopySource.HEADER)) {
          throw notImplemented(name, null);
        }
      }
    }
  }

  private static void checkFeature(String name, String value, boolean honoured) {
    boolean built =
        switch (name) {
          case "x-amz-acl" -> honoured || OWNER_ONLY_ACLS.contains(value);
          case "x-amz-object-ownership" -> honoured || value.equals("BucketOwnerEnforced");
          case LockHeaders.BUCKET_ENABLED, LockHeaders.BYPASS ->
              value.toLowerCase(Locale.ROOT).equals("false") || honoured;
          case WriteHeaders.WRITE_OFFSET -> honoured;
          case "x-amz-mfa",
              "x-amz-bucket-namespace",
              "x-amz-create-session-mode",
              "x-amz-if-match-initiated-time" ->
              false;
          case OPTIONAL_ATTRIBUTES, ObjectAnnotations.DIRECTIVE -> honoured;
          default ->
              (!name.startsWith("x-amz-server-side-encryption") || honoured)
                  && (!name.startsWith("x-amz-copy-source-server-side-encryption") || honoured)
                  && (!name.startsWith("x-amz-object-lock-") || honoured)
                  && (!name.startsWith(GRANT_PREFIX) || honoured);
        };
    if (!built) {
      boolean secret = name.contains("customer") || name.equals("x-amz-mfa");
      throw notImplemented(name, secret ? null : value);
    }
  }

  /** Headers that some operations honour, and no others. */
  private static boolean honours(S3Operation operation, String name) {
    return honoursAcl(operation, name)
        || honoursEncryption(operation, name)
        || honoursOther(operation, name);
  }

  /** ACLs are honoured by those that make what has one or that put one, and by no others. */
  private static boolean honoursAcl(S3Operation operation, String name) {
    return switch (operation) {
      case CREATE_BUCKET ->
          name.equals("x-amz-object-ownership")
              || name.equals("x-amz-acl")
              || name.startsWith(GRANT_PREFIX);
      case PUT_OBJECT, COPY_OBJECT, CREATE_MULTIPART_UPLOAD, PUT_BUCKET_ACL, PUT_OBJECT_ACL ->
          name.equals("x-amz-acl") || name.startsWith(GRANT_PREFIX);
      default -> false;
    };
  }

  /** Encryption is honoured, or refused, by those that write or read bytes, and by no others. */
  private static boolean honoursEncryption(S3Operation operation, String name) {
    return switch (operation) {
      case PUT_OBJECT,
          GET_OBJECT,
          HEAD_OBJECT,
          GET_OBJECT_ATTRIBUTES,
          CREATE_MULTIPART_UPLOAD,
          UPLOAD_PART,
          COMPLETE_MULTIPART_UPLOAD,
          LIST_PARTS ->
          ServerSideEncryption.HEADERS.contains(name);
      case COPY_OBJECT, UPLOAD_PART_COPY ->
          ServerSideEncryption.HEADERS.contains(name)
              || ServerSideEncryption.COPY_SOURCE_HEADERS.contains(name);
      default -> false;
    };
  }

  private static boolean honoursOther(S3Operation operation, String name) {
    return switch (operation) {
      case CREATE_BUCKET -> name.equals(LockHeaders.BUCKET_ENABLED);
      case DELETE_OBJECT, DELETE_OBJECTS, DELETE_OBJECT_ANNOTATION, PUT_OBJECT_RETENTION ->
          name.equals(LockHeaders.BYPASS);
      case PUT_OBJECT ->
          LockHeaders.OF_WRITE.contains(name) || name.equals(WriteHeaders.WRITE_OFFSET);
      case LIST_OBJECTS, LIST_OBJECTS_V2, LIST_OBJECT_VERSIONS -> name.equals(OPTIONAL_ATTRIBUTES);
      case COPY_OBJECT ->
          LockHeaders.OF_WRITE.contains(name) || name.equals(ObjectAnnotations.DIRECTIVE);
      case CREATE_MULTIPART_UPLOAD -> LockHeaders.OF_WRITE.contains(name);
      default -> false;
    };
  }

  private static S3Exception notImplemented(String name, @Nullable String value) {
    return S3ErrorCode.NOT_IMPLEMENTED
        .exception("A header you provided implies functionality that is not implemented")
        .with("Header", name)
        .with("HeaderValue", value);
  }

  private void checkOwner(BucketName bucket, S3Headers headers, String name) throws IOException {
    String owner = AccountId.of(buckets.head(bucket).ownerId());
    if (!headers.nonBlank(name).orElse("").equals(owner)) {
      throw S3ErrorCode.ACCESS_DENIED.exception();
    }
  }
}
