package io.sluice.storage.attached;

import io.sluice.model.BucketName;
import io.sluice.model.ObjectRef;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadRef;
import org.jspecify.annotations.Nullable;

/**
 * Where a bucket's objects live. Immutable.
 *
 * @param storage the back end
 * @param bucket the bucket's name there
 * @param provider the provider; null for the back end here
 * @param aliased whether a bucket here, with settings of its own, stands for the provider's
 */
record Place(Storage storage, BucketName bucket, @Nullable Provider provider, boolean aliased) {
  /** The same object by its name there. */
  ObjectRef object(ObjectRef ref) {
    return new ObjectRef(bucket, ref.key(), ref.versionId());
  }

  /** The same upload by its name there. */
  UploadRef upload(UploadRef ref) {
    return new UploadRef(bucket, ref.key(), ref.uploadId());
  }
}
