package io.sluice.storage;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ListQuery;
import io.sluice.model.Listing;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.encryption.KeyWrapping;
import io.sluice.storage.option.RenameOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The objects of a back end. Thread-safe. A mutation that returned is durable and visible to the
 * next read; one that threw changed nothing. A ref without a version id means the current version.
 *
 * <p>Reading errors, the same for every method that takes a ref: NoSuchBucket; NoSuchKey when the
 * key has no version or (header {@code x-amz-delete-marker: true}, and {@code x-amz-version-id})
 * its current one is a delete marker; NoSuchVersion for an unknown version id; MethodNotAllowed
 * (same headers, and {@code Last-Modified}) for a version id that names a delete marker.
 */
public interface ObjectStore {
  /**
   * Puts an object: reads the payload to its end and commits only after a clean end, so that a
   * signature, digest or length that does not hold leaves the old object as it was. Conditions are
   * checked at commit, under the key's lock (and once before the body is read, to fail early).
   *
   * @param target bucket and key; its version id is ignored
   * @throws io.sluice.error.S3Exception NoSuchBucket, PreconditionFailed, NoSuchKey (If-Match on a
   *     missing key), StorageFull, and whatever the payload throws
   */
  ObjectInfo put(ObjectRef target, WriteOptions options, Payload payload) throws IOException;

  /**
   * Opens an object; the caller closes the content.
   *
   * @throws io.sluice.error.S3Exception the reading errors; InvalidRange; InvalidPartNumber;
   *     PreconditionFailed
   * @throws NotModifiedException when the conditions say so
   */
  ObjectContent get(ObjectRef source, ReadOptions options) throws IOException;

  /**
   * An object's information, with the same conditions and errors as {@link #get}.
   *
   * @throws NotModifiedException when the conditions say so
   */
  ObjectInfo head(ObjectRef source, ReadOptions options) throws IOException;

  /**
   * Copies an object, by reference where the back end can.
   *
   * @throws io.sluice.error.S3Exception the reading errors for the source; PreconditionFailed for
   *     either side; NoSuchBucket for the target
   */
  ObjectInfo copy(ObjectRef source, ObjectRef target, CopyOptions options) throws IOException;

  /**
   * Gives the current version another key of its bucket, in one commit and by reference. It keeps
   * its bytes, metadata, documents, entity tag and time of modification. What the target's key held
   * is overwritten as by a put; in a bucket that is or was versioned a delete marker stays under
   * the old key.
   *
   * @param source bucket and key; its version id is ignored
   * @throws io.sluice.error.S3Exception NoSuchBucket; NoSuchKey; PreconditionFailed for either
   *     side; InvalidRequest when both keys are the same; IdempotencyParameterMismatch for a token
   *     that was used for another request; NotImplemented without {@link Capability#RENAME}
   */
  default void rename(ObjectRef source, ObjectKey target, RenameOptions options)
      throws IOException {
    throw S3ErrorCode.NOT_IMPLEMENTED.exception();
  }

  /**
   * Appends a payload to the current version, or creates the object when there is none and the
   * offset is 0. What was appended counts as a part: the entity tag is that of a multipart object.
   * Metadata and documents of an object that is there stay; in a versioned bucket the longer object
   * is a new version. The payload is read as by {@link #put}.
   *
   * @param target bucket and key; its version id is ignored
   * @param offsetBytes the size that the object must have at the commit
   * @param options used whole for a new object; of an existing one, only the conditions, the owner
   *     of a new version and its further documents
   * @throws io.sluice.error.S3Exception those of {@link #put}; InvalidWriteOffset; TooManyParts;
   *     NotImplemented without {@link Capability#APPEND}
   */
  default ObjectInfo append(
      ObjectRef target, long offsetBytes, WriteOptions options, Payload payload)
      throws IOException {
    throw S3ErrorCode.NOT_IMPLEMENTED.exception();
  }

  /**
   * Deletes the current version (in a versioned bucket: puts a delete marker) or the named version.
   * Deleting what is not there succeeds. The options' guard is asked before the named version, or
   * the object of a bucket that never was versioned, is removed for good.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket; the conditions' errors; the guard's
   */
  DeleteResult delete(ObjectRef target, DeleteOptions options) throws IOException;

  /**
   * Deletes up to 1,000 objects, each by itself: one failure does not stop the others.
   *
   * @return one result for each target, in order
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  List<DeleteResult> deleteAll(BucketName bucket, List<DeleteTarget> targets) throws IOException;

  /**
   * A page of the current versions.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  Listing list(BucketName bucket, ListQuery query) throws IOException;

  /**
   * A page of all versions and delete markers. In a bucket that never was versioned, its objects as
   * null versions.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  VersionListing listVersions(BucketName bucket, VersionQuery query) throws IOException;

  /**
   * The parts of an object that a multipart upload made; empty for others.
   *
   * @param after part numbers above it only
   * @param limit at least 1
   */
  List<PartInfo> parts(ObjectRef source, int after, int limit) throws IOException;

  /**
   * A document that belongs to a version, such as {@code tagging} or {@code acl}.
   *
   * @throws io.sluice.error.S3Exception the reading errors
   */
  Optional<byte[]> document(ObjectRef source, String name) throws IOException;

  /**
   * Puts a version's document, replacing the one before; returns the version.
   *
   * @throws io.sluice.error.S3Exception the reading errors
   */
  default ObjectInfo putDocument(ObjectRef target, String name, byte[] document)
      throws IOException {
    return putDocument(target, name, document, VersionGuard.NONE);
  }

  /**
   * Puts a version's document when a guard lets it: of two changes that race, the second is checked
   * against what the first one left.
   *
   * @throws io.sluice.error.S3Exception the reading errors; the guard's
   */
  ObjectInfo putDocument(ObjectRef target, String name, byte[] document, VersionGuard guard)
      throws IOException;

  /**
   * Deletes a version's document; succeeds when there is none; returns the version.
   *
   * @throws io.sluice.error.S3Exception the reading errors
   */
  ObjectInfo deleteDocument(ObjectRef target, String name) throws IOException;

  /**
   * Changes the storage class that a version has by its metadata, when a guard lets it; all else of
   * it stays, its bytes and its time of modification too.
   *
   * @param storageClass the class by S3's name; {@code STANDARD} for none
   * @return the version as it is now
   * @throws io.sluice.error.S3Exception the reading errors; the guard's; NotImplemented without
   *     {@link Capability#STORAGE_CLASSES}
   */
  default ObjectInfo setStorageClass(ObjectRef target, String storageClass, VersionGuard guard)
      throws IOException {
    throw S3ErrorCode.NOT_IMPLEMENTED.exception();
  }

  /**
   * Has the keys of a version's bytes wrapped by others, when a guard lets it; all else of it
   * stays, its tag and its time of modification too, and no byte moves.
   *
   * @param keys what it is encrypted with now
   * @param wrapping what it is encrypted with from then on
   * @return the version as it is now
   * @throws io.sluice.error.S3Exception the reading errors; the guard's; InvalidRequest for a
   *     version that is not encrypted; OperationAborted when it was replaced meanwhile;
   *     NotImplemented without {@link Capability#ENCRYPTION}
   */
  default ObjectInfo setEncryption(
      ObjectRef target, KeyUnwrapping keys, KeyWrapping wrapping, VersionGuard guard)
      throws IOException {
    throw S3ErrorCode.NOT_IMPLEMENTED.exception();
  }
}
