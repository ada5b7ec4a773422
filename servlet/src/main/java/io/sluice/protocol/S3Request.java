package io.sluice.protocol;

import io.sluice.auth.Identity;
import io.sluice.auth.VerifiedBody;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.uri.PercentCoding;
import io.sluice.uri.QueryString;

/**
 * A request as an operation sees it: authenticated, routed, its body not yet read. Confined to one
 * request; all but the body is immutable.
 *
 * @param method the method, upper case
 * @param target what it is about
 * @param query the parameters
 * @param headers the headers
 * @param identity who asks
 * @param requestId the id that the response carries
 * @param origin where it comes from
 * @param body the body
 */
public record S3Request(
    String method,
    S3Target target,
    QueryString query,
    S3Headers headers,
    Identity identity,
    String requestId,
    Origin origin,
    VerifiedBody body) {
  /** The bucket of a bucket or object target. */
  public BucketName bucket() {
    if (target instanceof S3Target.BucketTarget bucket) {
      return bucket.bucket();
    }
    if (target instanceof S3Target.ObjectTarget object) {
      return object.bucket();
    }
    throw new IllegalStateException("no bucket in " + target);
  }

  /** The key of an object target. */
  public ObjectKey key() {
    if (target instanceof S3Target.ObjectTarget object) {
      return object.key();
    }
    throw new IllegalStateException("no key in " + target);
  }

  /**
   * The object of an object target, at the version that {@code versionId} names.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument for an empty version id
   */
  public ObjectRef object() {
    String versionId = query.get("versionId");
    if (versionId != null && versionId.isEmpty()) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("Version id cannot be the empty string")
          .with("ArgumentName", "versionId")
          .with("ArgumentValue", "");
    }
    return new ObjectRef(bucket(), key(), versionId);
  }

  /** This request as if it were about an object alone, for what a batch does to each of them. */
  public S3Request about(ObjectRef object) {
    return new S3Request(
        method,
        new S3Target.ObjectTarget(object.bucket(), object.key()),
        object.versionId() == null
            ? QueryString.EMPTY
            : QueryString.parse("versionId=" + PercentCoding.encode(object.versionId(), "")),
        headers,
        identity,
        requestId,
        origin,
        body);
  }
}
