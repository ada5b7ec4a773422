package io.sluice.operation;

import io.sluice.auth.Identity;
import io.sluice.auth.VerifiedBody;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectRef;
import io.sluice.model.Versioning;
import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.VersionGuard;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Object lock: which locks a new version gets, and who may loosen or remove what is locked. What is
 * decided here is enforced by the store at commit, through a {@link VersionGuard}. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html">Object
 *     lock</a>
 */
public final class ObjectLocks {
  private final BucketStore buckets;
  private final Clock clock;

  /** Locks in these buckets; the clock says whether a retention is over. */
  public ObjectLocks(BucketStore buckets, Clock clock) {
    this.buckets = buckets;
    this.clock = clock;
  }

  /** Whether a request creates a bucket with locks. */
  public static boolean ofNewBucket(S3Headers headers) {
    return LockHeaders.flag(headers, LockHeaders.BUCKET_ENABLED);
  }

  /** The time by which locks go. */
  public Instant now() {
    return clock.instant();
  }

  /**
   * Refuses a bucket without locks.
   *
   * @throws S3Exception InvalidRequest; NoSuchBucket
   */
  public void require(BucketName bucket) throws IOException {
    if (configuration(bucket).isEmpty()) {
      throw missing();
    }
  }

  /** The configuration of a bucket: one with locks is versioned for good, others need no look. */
  private Optional<ObjectLockConfiguration> configuration(BucketName bucket) throws IOException {
    return buckets.head(bucket).versioning() == Versioning.ENABLED
        ? ObjectLockConfiguration.of(buckets, bucket)
        : Optional.empty();
  }

  private static S3Exception missing() {
    return S3ErrorCode.INVALID_REQUEST.exception("Bucket is missing Object Lock Configuration");
  }

  /**
   * The documents of the version that a write makes: its locks as the headers give them, and the
   * bucket's default retention where they give none.
   *
   * @throws S3Exception InvalidArgument; InvalidRequest for headers and a bucket without locks
   */
  public Map<String, byte[]> documents(S3Request request) throws IOException {
    return documents(request.bucket(), request.headers());
  }

  /**
   * The same for a write whose headers travel elsewhere, as in the fields of a form.
   *
   * @throws S3Exception as {@link #documents(S3Request)}
   */
  public Map<String, byte[]> documents(BucketName bucket, S3Headers headers) throws IOException {
    Instant now = now();
    LockHeaders given = LockHeaders.parse(headers, now);
    ObjectLockConfiguration configuration = configuration(bucket).orElse(null);
    if (configuration == null) {
      if (!given.isEmpty()) {
        throw missing();
      }
      return Map.of();
    }
    Map<String, byte[]> documents = new HashMap<>();
    Optional<ObjectRetention> retention =
        given.retention().or(() -> configuration.defaultRetention(now));
    if (retention.isPresent()) {
      documents.put(ObjectRetention.DOCUMENT, ObjectRetention.document(retention).bytes());
    }
    LegalHold hold = given.hold();
    if (hold != null) {
      documents.put(LegalHold.DOCUMENT, hold.bytes());
    }
    return documents;
  }

  /**
   * The same for a write with a body, of which AWS wants a checksum when its version is locked. A
   * form cannot compute one; a digest that is signed is as good as one, and all that MinIO's client
   * for Python sends.
   *
   * @throws S3Exception InvalidRequest without one, and as {@link #documents(S3Request)}
   */
  public Map<String, byte[]> documentsOfUpload(S3Request request) throws IOException {
    Map<String, byte[]> documents = documents(request);
    VerifiedBody body = request.body();
    boolean declares = body.hasDeclaredChecksum() || body.hasSignedDigest() || body.isFormFile();
    if (!documents.isEmpty() && !declares) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with"
              + " Object Lock parameters");
    }
    return documents;
  }

  /**
   * Refuses a document that came without a checksum.
   *
   * @throws S3Exception InvalidRequest
   */
  public static void requireChecksum(S3Request request) {
    if (!request.body().hasDeclaredChecksum()) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
    }
  }

  /**
   * Whether a request may pass by governance retention: it asks to, and is the bucket owner's or an
   * administrator's. Legal holds and compliance retention hold for everybody.
   */
  private boolean bypasses(S3Request request) throws IOException {
    if (!LockHeaders.flag(request.headers(), LockHeaders.BYPASS)) {
      return false;
    }
    if (configuration(request.bucket()).isEmpty()) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception(LockHeaders.BYPASS + " is only applicable to Object Lock enabled buckets.")
          .with("ArgumentName", LockHeaders.BYPASS);
    }
    Identity identity = request.identity();
    return identity.role() == Identity.Role.ADMIN
        || (!identity.isAnonymous()
            && buckets.head(request.bucket()).ownerId().equals(identity.canonicalId()));
  }

  /**
   * Guards the versions that a request removes.
   *
   * @throws S3Exception InvalidArgument for a bypass in a bucket without locks
   */
  public VersionGuard deletion(S3Request request) throws IOException {
    return deletion(bypasses(request));
  }

  /** Guards the versions that nobody asked to remove, but a rule of their bucket. */
  public VersionGuard expiration() {
    return deletion(false);
  }

  private VersionGuard deletion(boolean bypass) {
    return (version, documents) -> {
      Optional<ObjectRetention> retention = activeRetention(documents);
      if (held(documents) || (retention.isPresent() && !passes(retention.get(), bypass))) {
        throw denied();
      }
    };
  }

  /**
   * Guards the retention that a request replaces: while it is active, it may be prolonged; to
   * shorten it, take it away or change its mode takes a bypass, and for compliance nothing does.
   */
  public VersionGuard change(S3Request request, Optional<ObjectRetention> next) throws IOException {
    boolean bypass = bypasses(request);
    return (version, documents) -> {
      ObjectRetention retention = activeRetention(documents).orElse(null);
      if (retention != null && !retention.keptBy(next) && !passes(retention, bypass)) {
        throw denied();
      }
    };
  }

  private static boolean passes(ObjectRetention retention, boolean bypass) {
    return bypass && retention.mode() == ObjectRetention.Mode.GOVERNANCE;
  }

  private Optional<ObjectRetention> activeRetention(VersionGuard.DocumentReader documents)
      throws IOException {
    Instant now = now();
    return documents
        .read(ObjectRetention.DOCUMENT)
        .flatMap(ObjectRetention::ofDocument)
        .filter(retention -> retention.active(now));
  }

  private static boolean held(VersionGuard.DocumentReader documents) throws IOException {
    return documents
        .read(LegalHold.DOCUMENT)
        .map(LegalHold::parse)
        .filter(LegalHold::on)
        .isPresent();
  }

  private static S3Exception denied() {
    return S3ErrorCode.ACCESS_DENIED.exception(
        "Access Denied because object protected by object lock.");
  }

  /** Adds a version's locks to the answer of a read. */
  public void describe(S3Response response, ObjectStore objects, ObjectRef version)
      throws IOException {
    if (configuration(version.bucket()).isEmpty()) {
      return;
    }
    new LockHeaders(
            objects
                .document(version, ObjectRetention.DOCUMENT)
                .flatMap(ObjectRetention::ofDocument),
            objects.document(version, LegalHold.DOCUMENT).map(LegalHold::parse).orElse(null))
        .describe(response);
  }
}
