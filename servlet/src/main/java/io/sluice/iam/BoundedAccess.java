package io.sluice.iam;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.operation.Authorizer;
import io.sluice.operation.BucketAccess;
import io.sluice.operation.BucketProperties;
import io.sluice.operation.S3Operation;
import io.sluice.operation.WriteHeaders;
import io.sluice.protocol.CopySource;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import io.sluice.storage.BucketStore;
import java.io.IOException;

/**
 * Refuses what the property {@code access} of a bucket does not let anybody do, administrators as
 * well, and leaves all else to another decision. Thread-safe.
 */
public final class BoundedAccess implements Authorizer {
  private final BucketStore buckets;
  private final Authorizer others;

  /** Bounds what another authorizer allows. */
  public BoundedAccess(BucketStore buckets, Authorizer others) {
    this.buckets = buckets;
    this.others = others;
  }

  @Override
  public void authorize(
      Identity identity, S3Operation operation, S3Target target, S3Request request)
      throws IOException {
    // Who may not do it at all is told nothing about the bucket.
    others.authorize(identity, operation, target, request);
    boolean appends = request.headers().has(WriteHeaders.WRITE_OFFSET);
    require(allows(target, operation, appends));
    if (operation == S3Operation.COPY_OBJECT || operation == S3Operation.UPLOAD_PART_COPY) {
      BucketName source = CopySource.parse(request.headers().get(CopySource.HEADER)).bucket();
      require(allows(new S3Target.BucketTarget(source), S3Operation.GET_OBJECT, false));
    }
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw S3ErrorCode.ACCESS_DENIED.exception("The bucket's property access does not allow it.");
    }
  }

  /** Whether a bucket is open for an operation; true for a bucket that is not there. */
  boolean allows(S3Target target, S3Operation operation, boolean appends) throws IOException {
    if (target instanceof S3Target.ServiceTarget) {
      return true;
    }
    return access(
            target instanceof S3Target.ObjectTarget object
                ? object.bucket()
                : ((S3Target.BucketTarget) target).bucket())
        .allows(operation, appends);
  }

  private BucketAccess access(BucketName bucket) throws IOException {
    try {
      return BucketProperties.of(buckets, bucket).access();
    } catch (S3Exception e) {
      if (e.code() == S3ErrorCode.NO_SUCH_BUCKET || e.code() == S3ErrorCode.NOT_IMPLEMENTED) {
        return BucketAccess.ALL;
      }
      throw e;
    }
  }

  @Override
  public S3Exception told(S3Exception error, S3Operation operation, S3Request request)
      throws IOException {
    return others.told(error, operation, request);
  }
}
