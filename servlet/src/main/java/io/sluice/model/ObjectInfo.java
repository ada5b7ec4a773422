package io.sluice.model;

import io.sluice.model.encryption.Encryption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object version as a store knows it. Immutable.
 *
 * @param key the key
 * @param version which version
 * @param sizeBytes size in bytes, 0 for a delete marker
 * @param etag the entity tag; empty for a delete marker
 * @param modifiedAt time of the write, millisecond precision
 * @param metadata what the client set
 * @param checksums the stored checksums, at most one per algorithm
 * @param partCount number of parts of a multipart upload, 0 for a simple put
 * @param ownerId canonical id of the owning account
 * @param encryption how its bytes are encrypted, or null
 * @param documents whether it may have documents; false saves asking for one
 */
public record ObjectInfo(
    ObjectKey key,
    ObjectVersion version,
    long sizeBytes,
    ETag etag,
    Instant modifiedAt,
    ObjectMetadata metadata,
    List<Checksum> checksums,
    int partCount,
    String ownerId,
    @Nullable Encryption encryption,
    boolean documents) {
  /** Copies the list. */
  public ObjectInfo {
    checksums = List.copyOf(checksums);
  }

  /** An object of which nobody knows whether it has documents. */
  public ObjectInfo(
      ObjectKey key,
      ObjectVersion version,
      long sizeBytes,
      ETag etag,
      Instant modifiedAt,
      ObjectMetadata metadata,
      List<Checksum> checksums,
      int partCount,
      String ownerId,
      @Nullable Encryption encryption) {
    this(
        key,
        version,
        sizeBytes,
        etag,
        modifiedAt,
        metadata,
        checksums,
        partCount,
        ownerId,
        encryption,
        true);
  }

  /** An object that is not encrypted. */
  public ObjectInfo(
      ObjectKey key,
      ObjectVersion version,
      long sizeBytes,
      ETag etag,
      Instant modifiedAt,
      ObjectMetadata metadata,
      List<Checksum> checksums,
      int partCount,
      String ownerId) {
    this(key, version, sizeBytes, etag, modifiedAt, metadata, checksums, partCount, ownerId, null);
  }

  /** The stored checksum of an algorithm. */
  public Optional<Checksum> checksum(ChecksumAlgorithm algorithm) {
    return checksums.stream().filter(checksum -> checksum.algorithm() == algorithm).findFirst();
  }

  /** The same object as another version. */
  public ObjectInfo withVersion(ObjectVersion other) {
    return new ObjectInfo(
        key,
        other,
        sizeBytes,
        etag,
        modifiedAt,
        metadata,
        checksums,
        partCount,
        ownerId,
        encryption,
        documents);
  }
}
