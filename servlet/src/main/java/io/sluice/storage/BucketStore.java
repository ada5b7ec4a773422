package io.sluice.storage;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.Quota;
import io.sluice.model.Usage;
import io.sluice.model.Versioning;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of a back end and their settings documents. Thread-safe. A mutation that returned is
 * durable and visible to the next read. Errors are {@link io.sluice.error.S3Exception}s with the
 * codes named; an {@link IOException} is the back end's own failure.
 */
public interface BucketStore {
  /**
   * Creates a bucket without settings.
   *
   * @param bucket name, owner, region, versioning state and time of creation
   * @throws io.sluice.error.S3Exception BucketAlreadyOwnedByYou, BucketAlreadyExists
   */
  default void create(BucketInfo bucket) throws IOException {
    create(bucket, Map.of());
  }

  /**
   * Creates a bucket with settings, in one commit.
   *
   * @param bucket name, owner, region, versioning state and time of creation
   * @param settings settings documents by their names
   * @throws io.sluice.error.S3Exception BucketAlreadyOwnedByYou, BucketAlreadyExists
   */
  void create(BucketInfo bucket, Map<String, byte[]> settings) throws IOException;

  /**
   * A bucket.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  BucketInfo head(BucketName bucket) throws IOException;

  /**
   * Deletes an empty bucket with its settings.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket; BucketNotEmpty while it holds a version, a
   *     delete marker or (as AWS) nothing but those; uploads under way are aborted
   */
  void delete(BucketName bucket) throws IOException;

  /**
   * Buckets in order of their names.
   *
   * @param prefix names begin with it; empty for all
   * @param after names above it only; null for the beginning
   * @param limit at least 1
   */
  List<BucketInfo> list(String prefix, @Nullable String after, int limit) throws IOException;

  /**
   * Sets the versioning state.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  default void setVersioning(BucketName bucket, Versioning state) throws IOException {
    setVersioning(bucket, state, BucketGuard.NONE);
  }

  /**
   * Sets the versioning state when a guard lets it.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket; the guard's
   */
  void setVersioning(BucketName bucket, Versioning state, BucketGuard guard) throws IOException;

  /**
   * A settings document as it was put.
   *
   * @param name name of the setting, such as {@code cors}
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  Optional<byte[]> setting(BucketName bucket, String name) throws IOException;

  /**
   * Puts a settings document, replacing the one before. The setting {@link Quota#SETTING} takes
   * effect with {@link Capability#USAGE}: from then on a mutation that would make the bucket grow
   * above it fails with QuotaExceeded and changes nothing; one that makes it no larger never does.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket; InvalidArgument for a bad quota
   */
  default void putSetting(BucketName bucket, String name, byte[] document) throws IOException {
    putSetting(bucket, name, document, BucketGuard.NONE);
  }

  /**
   * Puts a settings document when a guard lets it.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket; the guard's
   */
  void putSetting(BucketName bucket, String name, byte[] document, BucketGuard guard)
      throws IOException;

  /**
   * Deletes a settings document; succeeds when there is none.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  void deleteSetting(BucketName bucket, String name) throws IOException;

  /**
   * What a bucket takes, as of the mutations that returned; in constant time.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket; NotImplemented without {@link
   *     Capability#USAGE}
   */
  default Usage usage(BucketName bucket) throws IOException {
    throw S3ErrorCode.NOT_IMPLEMENTED.exception();
  }

  /**
   * The same, found by walking the bucket, whose writers wait meanwhile: the proof of {@link
   * #usage}.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket; NotImplemented without {@link
   *     Capability#USAGE}
   */
  default Usage recount(BucketName bucket) throws IOException {
    throw S3ErrorCode.NOT_IMPLEMENTED.exception();
  }

  /**
   * What all buckets that an account owns take, whoever wrote the objects; in constant time.
   *
   * @param ownerId canonical id of the account; one that owns no bucket takes nothing
   * @throws io.sluice.error.S3Exception NotImplemented without {@link Capability#USAGE}
   */
  default Usage accountUsage(String ownerId) throws IOException {
    throw S3ErrorCode.NOT_IMPLEMENTED.exception();
  }

  /**
   * The quota of an account's buckets together.
   *
   * @param ownerId canonical id of the account
   * @return its own, or the one that all accounts without have
   * @throws io.sluice.error.S3Exception NotImplemented without {@link Capability#USAGE}
   */
  default Quota accountQuota(String ownerId) throws IOException {
    throw S3ErrorCode.NOT_IMPLEMENTED.exception();
  }

  /**
   * Sets the quota of an account's buckets together; what they take already stays.
   *
   * @param ownerId canonical id of the account
   * @param quota the quota; null for the one that all accounts without have
   * @throws io.sluice.error.S3Exception NotImplemented without {@link Capability#USAGE}
   */
  default void putAccountQuota(String ownerId, @Nullable Quota quota) throws IOException {
    throw S3ErrorCode.NOT_IMPLEMENTED.exception();
  }

  /**
   * Has a say before a bucket's versioning state or one of its settings changes. It is asked at
   * commit, while nothing else changes the bucket. Stateless or immutable.
   */
  @FunctionalInterface
  interface BucketGuard {
    /** Lets everything pass. */
    BucketGuard NONE = (bucket, settings) -> {};

    /**
     * Checks the bucket as it is before the change.
     *
     * @param settings the bucket's settings documents
     * @throws io.sluice.error.S3Exception when it must stay as it is
     */
    void check(BucketInfo bucket, VersionGuard.DocumentReader settings) throws IOException;
  }
}
