package io.sluice.storage;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.UploadInfo;
import io.sluice.storage.encryption.KeyWrapping;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The multipart uploads of a back end. Thread-safe. An upload survives a restart and stays until it
 * is completed, aborted or expired. Every method that takes an upload throws NoSuchBucket or
 * NoSuchUpload when there is none of that id under that key.
 */
public interface MultipartStore {
  /**
   * Begins an upload.
   *
   * @param target bucket and key; its version id is ignored
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  UploadInfo create(ObjectRef target, UploadOptions options) throws IOException;

  /**
   * The upload.
   *
   * @throws io.sluice.error.S3Exception NoSuchUpload
   */
  UploadInfo head(UploadRef upload) throws IOException;

  /**
   * Stores a part after a clean end of its payload, replacing the one of the same number.
   *
   * @param partNumber 1 to 10,000
   */
  PartInfo uploadPart(UploadRef upload, int partNumber, Payload payload) throws IOException;

  /**
   * The same, encrypted as the upload says.
   *
   * @param wrapping what it is encrypted with, or null
   * @throws io.sluice.error.S3Exception NotImplemented where the store cannot
   */
  default PartInfo uploadPart(
      UploadRef upload, int partNumber, Payload payload, @Nullable KeyWrapping wrapping)
      throws IOException {
    if (wrapping != null) {
      throw S3ErrorCode.NOT_IMPLEMENTED.exception();
    }
    return uploadPart(upload, partNumber, payload);
  }

  /**
   * Stores a part from an existing object, by reference where the back end can.
   *
   * @throws io.sluice.error.S3Exception the reading errors of {@link ObjectStore}; InvalidRange;
   *     PreconditionFailed
   */
  PartInfo copyPart(UploadRef upload, int partNumber, PartSource source) throws IOException;

  /**
   * Makes the object of the parts listed. Done twice with the same list it answers the same object.
   *
   * @throws io.sluice.error.S3Exception InvalidPart, InvalidPartOrder, EntityTooSmall (a part but
   *     the last is below 5 MiB), BadDigest (the checksum expected is another), InvalidRequest (the
   *     size expected is another), PreconditionFailed, NoSuchUpload
   */
  ObjectInfo complete(UploadRef upload, CompleteOptions options) throws IOException;

  /** Drops an upload with its parts. */
  void abort(UploadRef upload) throws IOException;

  /**
   * The parts stored so far, by number.
   *
   * @param after part numbers above it only
   * @param limit at least 1
   */
  List<PartInfo> listParts(UploadRef upload, int after, int limit) throws IOException;

  /**
   * A page of the uploads of a bucket, by key and then by time of creation.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  UploadListing list(BucketName bucket, UploadQuery query) throws IOException;
}
