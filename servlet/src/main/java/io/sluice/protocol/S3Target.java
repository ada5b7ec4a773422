package io.sluice.protocol;

import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;

/** What a request is about. Immutable. */
public sealed interface S3Target {
  /** The service itself: {@code /}. */
  record Service() implements S3Target {}

  /** A bucket. */
  record Bucket(BucketName bucket) implements S3Target {}

  /** An object. */
  record Object(BucketName bucket, ObjectKey key) implements S3Target {}

  /** The kind of a target, by which operations are looked up. */
  enum Kind {
    SERVICE,
    BUCKET,
    OBJECT
  }

  /** The kind. */
  default Kind kind() {
    return this instanceof Service ? Kind.SERVICE : this instanceof Bucket ? Kind.BUCKET : Kind.OBJECT;
  }
}
