package io.sluice.storage.local.index;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.Usage;
import io.sluice.model.Versioning;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The versions of keys. One rule holds throughout: {@code current} has a key's current version
 * unless that is a delete marker, and {@code versions} has all its others, so that the newest row
 * there is a delete marker whenever {@code current} has none. Reading is thread-safe; the methods
 * that fill a batch are called under the key's lock, at most once for a key and batch.
 */
public final class ObjectIndex {
  private final IndexDatabase database;

  public ObjectIndex(IndexDatabase database) {
    this.database = database;
  }

  /** A version found, and whether it is the newest of its key. */
  public record Located(VersionRecord version, boolean current, boolean latest) {
    public ObjectInfo info(Place place) {
      return version.info(place.key(), place.versioning(), latest);
    }
  }

  /** The current version, or null when there is none or it is a delete marker. */
  public @Nullable VersionRecord current(Place place) throws IOException {
    byte @Nullable [] bytes = database.get(Column.CURRENT, place.row());
    return bytes == null ? null : IndexCodec.version(bytes);
  }

  /** What conditions of a write compare with. */
  public @Nullable ObjectInfo currentInfo(Place place) throws IOException {
    VersionRecord current = current(place);
    return current == null ? null : current.info(place.key(), place.versioning(), true);
  }

  /** The version or delete marker of an id, or null. */
  public @Nullable Located find(Place place, String versionId) throws IOException {
    VersionRecord current = current(place);
    if (current != null && current.versionId().equals(versionId)) {
      return new Located(current, true, true);
    }
    OptionalLong sequence = sequenceOf(place, versionId);
    if (sequence.isEmpty()) {
      return null;
    }
    byte @Nullable [] bytes = database.get(Column.VERSIONS, place.row(sequence.getAsLong()));
    if (bytes == null) {
      return null;
    }
    VersionRecord version = IndexCodec.version(bytes);
    if (!version.versionId().equals(versionId)) {
      return null;
    }
    boolean latest = current == null && isNewest(place, version.sequence());
    return new Located(version, false, latest);
  }

  /** The sequence under which a non-current version of this id would stand; empty for none. */
  public OptionalLong sequenceOf(Place place, String versionId) throws IOException {
    if (!versionId.equals(ObjectRef.NULL_VERSION)) {
      return OpaqueIds.decode(versionId);
    }
    byte @Nullable [] pointer = database.get(Column.NULLS, place.row());
    return pointer == null
        ? OptionalLong.empty()
        : OptionalLong.of(ByteBuffer.wrap(pointer).getLong());
  }

  private boolean isNewest(Place place, long sequence) throws IOException {
    VersionRecord newest = newestOther(place, null);
    return newest != null && newest.sequence() == sequence;
  }

  /** The newest row of {@code versions} for a key, without one of them. */
  private @Nullable VersionRecord newestOther(Place place, @Nullable VersionRecord without)
      throws IOException {
    byte[] from = IndexKeys.place(place.bucketId(), place.utf8(), IndexKeys.END);
    byte[] to = IndexKeys.place(place.bucketId(), place.utf8(), IndexKeys.BEHIND);
    try (IndexScan scan = database.scan(Column.VERSIONS, from, to)) {
      for (; scan.valid(); scan.next()) {
        VersionRecord version = IndexCodec.version(scan.value());
        if (without == null || version.sequence() != without.sequence()) {
          return version;
        }
      }
      return null;
    }
  }

  /**
   * The version that a ref reads.
   *
   * @throws S3Exception the reading errors of {@link io.sluice.storage.ObjectStore}
   */
  public Located read(Place place, @Nullable String versionId) throws IOException {
    if (versionId == null) {
      VersionRecord current = current(place);
      if (current != null) {
        return new Located(current, true, true);
      }
      S3Exception missing = S3ErrorCode.NO_SUCH_KEY.exception().with("Key", place.key());
      VersionRecord marker =
          place.versioning() == Versioning.UNVERSIONED ? null : newestOther(place, null);
      throw marker == null ? missing : describe(missing, marker);
    }
    Located located = find(place, versionId);
    if (located == null) {
      throw S3ErrorCode.NO_SUCH_VERSION
          .exception()
          .with("Key", place.key())
          .with("VersionId", versionId);
    }
    if (located.version().flags().deleteMarker()) {
      throw describe(S3ErrorCode.METHOD_NOT_ALLOWED.exception(), located.version())
          .withHeader(
              "Last-Modified",
              DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  located.version().modifiedAt().atOffset(ZoneOffset.UTC)));
    }
    return located;
  }

  private static S3Exception describe(S3Exception error, VersionRecord marker) {
    return error
        .withHeader("x-amz-delete-marker", "true")
        .withHeader("x-amz-version-id", marker.versionId());
  }

  /** Makes room for a new newest version: what it replaces goes, what it covers moves. */
  private void makeRoom(IndexBatch batch, Place place) throws IOException {
    VersionRecord current = current(place);
    boolean keeps = place.versioning() == Versioning.ENABLED;
    boolean replacesCurrent = current != null && current.flags().nullVersion() && !keeps;
    if (current != null) {
      if (replacesCurrent) {
        release(batch, place, current);
      } else {
        addOther(batch, place, current);
      }
      batch.delete(Column.CURRENT, place.row());
    }
    if (place.versioning() == Versioning.SUSPENDED && !replacesCurrent) {
      Located old = find(place, ObjectRef.NULL_VERSION);
      if (old != null) {
        removeOther(batch, place, old.version());
      }
    }
  }

  /** What a new current version would replace, as things stand. */
  public Usage replaced(Place place) throws IOException {
    IndexBatch dropped = new IndexBatch();
    makeRoom(dropped, place);
    return Usage.NONE.minus(dropped.usage());
  }

  /** Puts a new current version, of the kind that {@link #flagsOfNew} told. */
  public void put(IndexBatch batch, Place place, VersionRecord version) throws IOException {
    makeRoom(batch, place);
    batch.put(Column.CURRENT, place.row(), IndexCodec.encode(version));
    batch.add(place.bucketId(), Usage.ofObject(version.sizeBytes()));
  }

  /** Puts a delete marker over what is there. */
  public void putMarker(IndexBatch batch, Place place, VersionRecord marker) throws IOException {
    makeRoom(batch, place);
    addOther(batch, place, marker);
  }

  /** What a version is that a bucket gets now. */
  public static VersionRecord.Flags flagsOfNew(
      Place place, boolean deleteMarker, boolean documents) {
    boolean nullVersion = place.versioning() != Versioning.ENABLED;
    return new VersionRecord.Flags(nullVersion, deleteMarker, documents);
  }

  /** Removes the only version of a key in a bucket that never was versioned. */
  public void removeUnversioned(IndexBatch batch, Place place) throws IOException {
    VersionRecord current = current(place);
    if (current != null) {
      release(batch, place, current);
      batch.delete(Column.CURRENT, place.row());
    }
  }

  /** Removes a version for good; the next newest becomes current unless it is a delete marker. */
  public void remove(IndexBatch batch, Place place, Located located) throws IOException {
    VersionRecord version = located.version();
    if (located.current()) {
      release(batch, place, version);
      batch.delete(Column.CURRENT, place.row());
    } else {
      removeOther(batch, place, version);
    }
    if (!located.latest() || place.versioning() == Versioning.UNVERSIONED) {
      return;
    }
    VersionRecord next = newestOther(place, located.current() ? null : version);
    if (next != null && !next.flags().deleteMarker()) {
      batch.delete(Column.VERSIONS, place.row(next.sequence()));
      if (next.flags().nullVersion()) {
        batch.delete(Column.NULLS, place.row());
      }
      batch.put(Column.CURRENT, place.row(), IndexCodec.encode(next));
    }
  }

  /** Writes a version's record anew where it stands. */
  public void rewrite(IndexBatch batch, Place place, Located located) throws IOException {
    byte[] bytes = IndexCodec.encode(located.version());
    if (located.current()) {
      batch.put(Column.CURRENT, place.row(), bytes);
    } else {
      batch.put(Column.VERSIONS, place.row(located.version().sequence()), bytes);
    }
  }

  private static void addOther(IndexBatch batch, Place place, VersionRecord version)
      throws IOException {
    batch.put(Column.VERSIONS, place.row(version.sequence()), IndexCodec.encode(version));
    if (version.flags().nullVersion()) {
      batch.put(Column.NULLS, place.row(), IndexKeys.id(version.sequence()));
    }
  }

  private void removeOther(IndexBatch batch, Place place, VersionRecord version)
      throws IOException {
    release(batch, place, version);
    batch.delete(Column.VERSIONS, place.row(version.sequence()));
    if (version.flags().nullVersion()) {
      batch.delete(Column.NULLS, place.row());
    }
  }

  /** Lets go of all that belongs to a version. */
  private void release(IndexBatch batch, Place place, VersionRecord version) throws IOException {
    long sequence = version.sequence();
    if (!version.flags().deleteMarker()) {
      batch.subtract(place.bucketId(), Usage.ofObject(version.sizeBytes()));
    }
    batch.release(version.extents(), sequence);
    if (version.partCount() > 0) {
      for (PartRecord part : manifest(version)) {
        batch.release(part.extents(), part.sequence());
      }
      batch.delete(Column.MANIFESTS, IndexKeys.id(sequence));
    }
    if (version.flags().documents()) {
      byte[] end = IndexKeys.id(sequence + 1);
      try (IndexScan scan = database.scan(Column.DOCUMENTS, IndexKeys.id(sequence), end)) {
        for (; scan.valid(); scan.next()) {
          batch.delete(Column.DOCUMENTS, scan.key());
        }
      }
    }
  }

  /** The parts of a version; empty for a simple one, or when it is gone by now. */
  public List<PartRecord> manifest(VersionRecord version) throws IOException {
    if (version.partCount() == 0) {
      return List.of();
    }
    byte @Nullable [] bytes = database.get(Column.MANIFESTS, IndexKeys.id(version.sequence()));
    return bytes == null ? List.of() : IndexCodec.manifest(bytes);
  }
}
