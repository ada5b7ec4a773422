package io.sluice.operation.setting;

import io.sluice.model.BucketName;
import io.sluice.protocol.S3Request;
import io.sluice.storage.BucketStore;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.util.Optional;

/**
 * What is particular to one configuration of buckets. Immutable.
 *
 * @param name name of the setting in the store
 * @param document the record that its XML maps to
 * @param maxBytes the most that its XML may take
 * @param integrity whether AWS wants a digest of the XML
 * @param putStatus the status of a write
 * @param absent the answer of a bucket that has none
 * @param check what a document must be before it is stored
 */
record BucketSetting<T>(
    String name,
    Class<T> document,
    int maxBytes,
    Integrity integrity,
    int putStatus,
    Absent<T> absent,
    Check<T> check) {
  /** Whether a document must come with Content-MD5 or a checksum. */
  enum Integrity {
    REQUIRED,
    OPTIONAL
  }

  /** What a bucket without the configuration answers. */
  @FunctionalInterface
  interface Absent<T> {
    /**
     * The document of such a bucket.
     *
     * @throws io.sluice.error.S3Exception where AWS has an error instead
     */
    T of(BucketName bucket);
  }

  /** Refuses documents that AWS would refuse, or that cannot be honoured. */
  @FunctionalInterface
  interface Check<T> {
    /**
     * Returns when the document may be stored.
     *
     * @throws io.sluice.error.S3Exception naming what is wrong
     */
    void check(S3Request request, T document) throws IOException;
  }

  /**
   * A bucket's configuration.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  Optional<T> read(BucketStore buckets, BucketName bucket) throws IOException {
    return buckets.setting(bucket, name).map(bytes -> XmlBodies.read(bytes, document));
  }
}
