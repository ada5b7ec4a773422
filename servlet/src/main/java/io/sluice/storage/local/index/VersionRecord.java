package io.sluice.storage.local.index;

import io.sluice.model.Checksum;
import io.sluice.model.ETag;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.ObjectVersion;
import io.sluice.model.Versioning;
import io.sluice.model.encryption.Encryption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version or delete marker as the index keeps it. Immutable.
 *
 * @param sequence its place in time and its identity for all that belongs to it
 * @param flags what it is
 * @param sizeBytes size in bytes
 * @param etag the entity tag
 * @param modifiedAt time of the write
 * @param metadata what the client set
 * @param checksums the stored checksums
 * @param partCount number of parts, which stand in {@code manifests}; 0 for a simple object
 * @param ownerId canonical id of the owning account
 * @param extents the bytes of a simple object; empty with parts
 * @param encryption how the bytes are encrypted, or null
 */
public record VersionRecord(
    long sequence,
    Flags flags,
    long sizeBytes,
    ETag etag,
    Instant modifiedAt,
    ObjectMetadata metadata,
    List<Checksum> checksums,
    int partCount,
    String ownerId,
    List<Extent> extents,
    @Nullable Encryption encryption) {
  public VersionRecord {
    checksums = List.copyOf(checksums);
    extents = List.copyOf(extents);
  }

  /** A version that is not encrypted. */
  public VersionRecord(
      long sequence,
      Flags flags,
      long sizeBytes,
      ETag etag,
      Instant modifiedAt,
      ObjectMetadata metadata,
      List<Checksum> checksums,
      int partCount,
      String ownerId,
      List<Extent> extents) {
    this(
        sequence,
        flags,
        sizeBytes,
        etag,
        modifiedAt,
        metadata,
        checksums,
        partCount,
        ownerId,
        extents,
        null);
  }

  /**
   * What a version is.
   *
   * @param nullVersion whether it is the null version
   * @param deleteMarker whether it is a delete marker
   * @param documents whether it may have rows in {@code documents}
   */
  public record Flags(boolean nullVersion, boolean deleteMarker, boolean documents) {}

  public VersionRecord withFlags(Flags other) {
    return new VersionRecord(
        sequence,
        other,
        sizeBytes,
        etag,
        modifiedAt,
        metadata,
        checksums,
        partCount,
        ownerId,
        extents,
        encryption);
  }

  /** The same with other metadata. */
  public VersionRecord withMetadata(ObjectMetadata other) {
    return new VersionRecord(
        sequence,
        flags,
        sizeBytes,
        etag,
        modifiedAt,
        other,
        checksums,
        partCount,
        ownerId,
        extents,
        encryption);
  }

  /** The same with the keys of its bytes wrapped by others. */
  public VersionRecord withEncryption(Encryption other, List<Extent> rewrapped) {
    return new VersionRecord(
        sequence,
        flags,
        sizeBytes,
        etag,
        modifiedAt,
        metadata,
        checksums,
        partCount,
        ownerId,
        rewrapped,
        other);
  }

  /** The version as readers see it. */
  public ObjectInfo info(ObjectKey key, Versioning versioning, boolean latest) {
    ObjectVersion version =
        versioning == Versioning.UNVERSIONED
            ? ObjectVersion.UNVERSIONED
            : new ObjectVersion(versionId(), latest, flags.deleteMarker());
    return new ObjectInfo(
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
        flags.documents());
  }

  /** The id that clients see. */
  public String versionId() {
    return flags.nullVersion() ? ObjectRef.NULL_VERSION : OpaqueIds.encode(sequence);
  }
}
