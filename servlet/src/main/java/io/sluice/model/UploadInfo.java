package io.sluice.model;

import io.sluice.model.encryption.Encryption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A multipart upload under way. Immutable.
 *
 * @param key the key that it will have
 * @param uploadId opaque id, url-safe
 * @param initiatedAt time of creation
 * @param ownerId canonical id of the account that will own the object
 * @param metadata what the client set at creation
 * @param checksumAlgorithm the algorithm declared at creation, or null
 * @param checksumType what the final checksum covers, or null when no algorithm was declared
 * @param encryption how the object will be encrypted, or null
 */
public record UploadInfo(
    ObjectKey key,
    String uploadId,
    Instant initiatedAt,
    String ownerId,
    ObjectMetadata metadata,
    @Nullable ChecksumAlgorithm checksumAlgorithm,
    @Nullable ChecksumType checksumType,
    @Nullable Encryption encryption) {
  /** An upload of an object that is not encrypted. */
  public UploadInfo(
      ObjectKey key,
      String uploadId,
      Instant initiatedAt,
      String ownerId,
      ObjectMetadata metadata,
      @Nullable ChecksumAlgorithm checksumAlgorithm,
      @Nullable ChecksumType checksumType) {
    this(key, uploadId, initiatedAt, ownerId, metadata, checksumAlgorithm, checksumType, null);
  }
}
