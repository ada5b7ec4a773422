package io.sluice.model;

import org.jspecify.annotations.Nullable;

/**
 * Which object is meant: a bucket, a key and, where one was named, a version id ({@code "null"} for
 * the null version; null for the current one). Immutable.
 */
public record ObjectRef(BucketName bucket, ObjectKey key, @Nullable String versionId) {
  /** The id of the version that an object has while its bucket is not versioned. */
  public static final String NULL_VERSION = "null";

  /** The current version of a key. */
  public static ObjectRef of(BucketName bucket, ObjectKey key) {
    return new ObjectRef(bucket, key, null);
  }

  /** The current version of a key, unvalidated names. */
  public static ObjectRef of(String bucket, String key) {
    return new ObjectRef(new BucketName(bucket), new ObjectKey(key), null);
  }

  /** The same key at a version. */
  public ObjectRef atVersion(@Nullable String version) {
    return new ObjectRef(bucket, key, version);
  }
}
