package io.sluice.iam;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.operation.Authorizer;
import io.sluice.operation.BucketProperties;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import io.sluice.storage.BucketStore;
import java.io.IOException;

/**
 * Refuses what changes a bucket whose property {@code access} is {@code ro}, to administrators as
 * well, and leaves all else to another decision. Thread-safe.
 */
public final class ReadOnlyBuckets implements Authorizer {
  private final BucketStore buckets;
  private final Authorizer others;

  /** Decides before another authorizer does. */
  public ReadOnlyBuckets(BucketStore buckets, Authorizer others) {
    this.buckets = buckets;
    this.others = others;
  }

  @Override
  public void authorize(
      Identity identity, S3Operation operation, S3Target target, S3Request request)
      throws IOException {
    // Who may not do it at all is told nothing about the bucket.
    others.authorize(identity, operation, target, request);
    if (changes(operation) && isReadOnly(target)) {
      throw S3ErrorCode.ACCESS_DENIED.exception("The bucket is read-only.");
    }
  }

  static boolean changes(S3Operation operation) {
    return operation.access() != S3Operation.Access.READ
        && !operation.route().method().equals("GET")
        && !operation.route().method().equals("HEAD")
        && operation != S3Operation.CREATE_BUCKET;
  }

  boolean isReadOnly(S3Target target) throws IOException {
    if (target instanceof S3Target.ServiceTarget) {
      return false;
    }
    try {
      return BucketProperties.of(
              buckets,
              target instanceof S3Target.ObjectTarget object
                  ? object.bucket()
                  : ((S3Target.BucketTarget) target).bucket())
          .readOnly();
    } catch (S3Exception e) {
      if (e.code() == S3ErrorCode.NO_SUCH_BUCKET || e.code() == S3ErrorCode.NOT_IMPLEMENTED) {
        return false;
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
