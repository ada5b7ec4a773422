package io.sluice.iam;

import io.sluice.iam.policy.PolicyRequest;
import io.sluice.model.BucketName;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import org.jspecify.annotations.Nullable;

/**
 * One action on one resource that a request needs to be allowed. Immutable.
 *
 * @param action such as {@code s3:GetObject}
 * @param operation what ACLs are asked about
 * @param target the service, a bucket or an object
 * @param versionId the object's version, or null for the current one
 */
record Need(String action, S3Operation operation, S3Target target, @Nullable String versionId) {
  /** The bucket, whose policy is asked; null for the service, and for a bucket still to come. */
  @Nullable BucketName bucket() {
    if (target instanceof S3Target.ObjectTarget object) {
      return object.bucket();
    }
    return target instanceof S3Target.BucketTarget bucket && operation != S3Operation.CREATE_BUCKET
        ? bucket.bucket()
        : null;
  }

  /** The ARN of the resource. */
  String arn() {
    if (target instanceof S3Target.ObjectTarget object) {
      return PolicyRequest.objectArn(object.bucket().value(), object.key().value());
    }
    return PolicyRequest.bucketArn(
        target instanceof S3Target.BucketTarget bucket ? bucket.bucket().value() : "*");
  }

  /** The same resource under another action. */
  Need to(String other) {
    return new Need(other, operation, target, versionId);
  }
}
