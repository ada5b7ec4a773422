package io.sluice.storage.attached;

import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.model.UploadInfo;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.UploadRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of all keys that a bucket has in the one that it stands for. A key that is
 * the prefix itself, as clients make it to show a folder, is none of the bucket's. Immutable.
 *
 * @param value the prefix; empty for none
 */
record KeyPrefix(String value) {
  static final KeyPrefix NONE = new KeyPrefix("");

  boolean isNone() {
    return value.isEmpty();
  }

  /**
   * The key there.
   *
   * @throws io.sluice.error.S3Exception KeyTooLongError
   */
  ObjectKey there(ObjectKey key) {
    return isNone() ? key : new ObjectKey(value + key.value());
  }

  ObjectRef there(ObjectRef ref) {
    return isNone() ? ref : new ObjectRef(ref.bucket(), there(ref.key()), ref.versionId());
  }

  UploadRef there(UploadRef ref) {
    return isNone() ? ref : new UploadRef(ref.bucket(), there(ref.key()), ref.uploadId());
  }

  /** The key of a bucket's own that a key there is. */
  ObjectKey here(ObjectKey key) {
    return isNone() ? key : new ObjectKey(key.value().substring(value.length()));
  }

  ObjectInfo here(ObjectInfo there) {
    return isNone()
        ? there
        : new ObjectInfo(
            here(there.key()),
            there.version(),
            there.sizeBytes(),
            there.etag(),
            there.modifiedAt(),
            there.metadata(),
            there.checksums(),
            there.partCount(),
            there.ownerId(),
            there.encryption());
  }

  UploadInfo here(UploadInfo there) {
    return new UploadInfo(
        here(there.key()),
        there.uploadId(),
        there.initiatedAt(),
        there.ownerId(),
        there.metadata(),
        there.checksumAlgorithm(),
        there.checksumType(),
        there.encryption());
  }

  DeleteResult here(DeleteResult there) {
    return new DeleteResult(
        here(there.key()), there.versionId(), there.deleteMarkerVersionId(), there.error());
  }

  List<String> here(List<String> there) {
    return there.stream().map(text -> text.substring(value.length())).toList();
  }

  /** Where a listing goes on; null at its end. */
  @Nullable String hereOrNull(@Nullable String there) {
    return there == null ? null : there.substring(value.length());
  }

  /** Behind what a listing begins there: at the latest behind the prefix itself. */
  String behind(@Nullable String here) {
    return here == null ? value : value + here;
  }
}
