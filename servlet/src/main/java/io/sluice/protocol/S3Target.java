package io.sluice.protocol;

import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;

/** What a request is about. Immutable. */
public sealed interface S3Target {
  /** The service itself: {@code /}. */
  record ServiceTarget() implements S3Target {}

  /** A bucket. */
  record BucketTarget(BucketName bucket) implements S3Target {}

  /** An object. */
  record ObjectTarget(BucketName bucket, ObjectKey key) implements S3Target {}

  /** The kind of a target, by which operations are looked up. */
  enum Kind {
    SERVICE,
    BUCKET,
    OBJECT
  }

  /** The kind. */
  default Kind kind() {
    return this instanceof ServiceTarget
        ? Kind.SERVICE
        : this instanceof BucketTarget ? Kind.BUCKET : Kind.OBJECT;
  }
}
