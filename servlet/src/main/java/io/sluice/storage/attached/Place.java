package io.sluice.storage.attached;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectRef;
import io.sluice.storage.Capability;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadRef;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.encryption.KeyWrapping;
import org.jspecify.annotations.Nullable;

/**
 * Where a bucket's objects live. Immutable.
 *
 * @param home the back end
 * @param bucket the bucket's name there
 * @param provider the provider; null for the back end here
 * @param aliased whether a bucket here, with settings of its own, stands for the provider's
 * @param prefix what the keys there have in front
 */
record Place(
    Storage home,
    BucketName bucket,
    @Nullable Provider provider,
    boolean aliased,
    KeyPrefix prefix) {
  /** A bucket with all of its objects. */
  Place(Storage home, BucketName bucket, @Nullable Provider provider, boolean aliased) {
    this(home, bucket, provider, aliased, KeyPrefix.NONE);
  }

  /** Objects and uploads there by their keys here. */
  ObjectStore objects() {
    return prefix.isNone() ? home.objects() : new PrefixedObjectStore(home.objects(), prefix);
  }

  MultipartStore uploads() {
    return prefix.isNone() ? home.uploads() : new PrefixedMultipartStore(home.uploads(), prefix);
  }

  /** The same object by its name there. */
  ObjectRef object(ObjectRef ref) {
    return new ObjectRef(bucket, ref.key(), ref.versionId());
  }

  /** The same upload by its name there. */
  UploadRef upload(UploadRef ref) {
    return new UploadRef(bucket, ref.key(), ref.uploadId());
  }

  /**
   * Where a write goes. A back end that does not encrypt is never given what must be encrypted: it
   * would keep it in the clear.
   *
   * @throws io.sluice.error.S3Exception NotImplemented when it does not encrypt and shall
   */
  Place admitting(@Nullable KeyWrapping wrapping) {
    if (wrapping != null && !encrypts()) {
      throw S3ErrorCode.NOT_IMPLEMENTED.exception("The bucket's provider does not encrypt.");
    }
    return this;
  }

  /**
   * The same read there. A back end that does not encrypt needs no keys to read, and its objects
   * are none that a client's key opens.
   *
   * @throws io.sluice.error.S3Exception InvalidRequest for a client's key
   */
  ReadOptions reading(ReadOptions options) {
    if (encrypts()) {
      return options;
    }
    options.keys().admit(null);
    return options.with(KeyUnwrapping.NONE);
  }

  /**
   * Checks what the source of a copy is read with.
   *
   * @throws io.sluice.error.S3Exception InvalidRequest for a client's key
   */
  void admitSource(KeyUnwrapping keys) {
    if (!encrypts()) {
      keys.admit(null);
    }
  }

  private boolean encrypts() {
    return home.capabilities().contains(Capability.ENCRYPTION);
  }
}
