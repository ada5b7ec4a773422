package io.sluice.operation;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.protocol.CopySource;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Who pays for requests: where requesters do, all but the bucket's owner must say that they know,
 * and the anonymous are refused. Nothing is charged here; that is counted elsewhere. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html">Requester
 *     Pays</a>
 */
public final class RequestPayment {
  /** The name of the bucket's setting. */
  public static final String SETTING = "request-payment";

  /** The header that a charged answer carries. */
  public static final String CHARGED = "x-amz-request-charged";

  private static final String PAYER = "x-amz-request-payer";
  private static final String REQUESTER = "requester";

  private final BucketStore buckets;

  /** Payment in these buckets. */
  RequestPayment(BucketStore buckets) {
    this.buckets = buckets;
  }

  /** Who pays. */
  public enum Payer {
    BUCKET_OWNER("BucketOwner"),
    REQUESTER("Requester");

    private final String wireName;

    Payer(String wireName) {
      this.wireName = wireName;
    }

    /** The payer of a wire name. */
    public static Optional<Payer> of(String wireName) {
      return Arrays.stream(values()).filter(payer -> payer.wireName.equals(wireName)).findFirst();
    }

    /** The name in documents. */
    public String wireName() {
      return wireName;
    }

    /** The stored form. */
    public byte[] bytes() {
      return wireName.getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * Who pays for requests to a bucket.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  public static Payer payer(BucketStore buckets, BucketName bucket) throws IOException {
    Optional<byte[]> stored = buckets.setting(bucket, SETTING);
    if (stored.isEmpty()) {
      return Payer.BUCKET_OWNER;
    }
    String name = new String(stored.get(), StandardCharsets.UTF_8);
    return Payer.of(name).orElseThrow(() -> new IllegalStateException("no payer: " + name));
  }

  /**
   * Whether the requester is charged.
   *
   * @throws io.sluice.error.S3Exception AccessDenied for one who does not say that they know;
   *     NoSuchBucket
   */
  boolean charges(S3Operation operation, S3Request request) throws IOException {
    if (operation == S3Operation.CREATE_BUCKET
        || request.target() instanceof S3Target.ServiceTarget
        || request.identity().role() == Identity.Role.ADMIN) {
      return false;
    }
    boolean charged = isAskedOf(request.identity(), request.bucket());
    if (request.headers().has(CopySource.HEADER)) {
      BucketName source = CopySource.parse(request.headers().get(CopySource.HEADER)).bucket();
      charged |= isAskedOf(request.identity(), source);
    }
    if (charged && (request.identity().isAnonymous() || !agrees(request))) {
      throw S3ErrorCode.ACCESS_DENIED.exception();
    }
    return charged;
  }

  private boolean isAskedOf(Identity identity, BucketName name) throws IOException {
    BucketInfo bucket = buckets.head(name);
    return !bucket.ownerId().equals(identity.canonicalId())
        && payer(buckets, name) == Payer.REQUESTER;
  }

  private static boolean agrees(S3Request request) {
    String payer = request.headers().nonBlank(PAYER).orElse("");
    return payer.toLowerCase(Locale.ROOT).equals(REQUESTER);
  }
}
