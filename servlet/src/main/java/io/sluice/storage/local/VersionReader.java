package io.sluice.storage.local;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ByteRange;
import io.sluice.model.ObjectInfo;
import io.sluice.model.Preconditions;
import io.sluice.storage.NotModifiedException;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.local.blob.BlobPins;
import io.sluice.storage.local.blob.DamagedBlobs;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.ObjectIndex;
import io.sluice.storage.local.index.PartRecord;
import io.sluice.storage.local.index.Place;
import io.sluice.storage.local.index.VersionRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens versions so that their bytes stay while they are read, although no lock is held: what was
 * found is held, and then looked at again. Thread-safe.
 */
final class VersionReader {
  private static final Logger LOG = LoggerFactory.getLogger(VersionReader.class);

  /** Each attempt fails only when the version was replaced meanwhile. */
  private static final int ATTEMPTS = 100;

  private static final int ATTEMPTS_AT_ONCE = 10;
  private static final long PAUSE_MILLIS = 5;

  private final IndexDatabase database;
  private final ObjectIndex index;
  private final BlobPins pins;
  private final DamagedBlobs damaged;

  VersionReader(IndexDatabase database, ObjectIndex index, BlobPins pins, DamagedBlobs damaged) {
    this.database = database;
    this.index = index;
    this.pins = pins;
    this.damaged = damaged;
  }

  /** What of a version is wanted, told its record and its parts; may refuse by an exception. */
  interface Selection {
    List<Extent> of(ObjectIndex.Located located, List<PartRecord> parts);
  }

  /** An open version and the extents selected of it. */
  record Opened(OpenVersion version, List<Extent> extents) {}

  /**
   * Opens a version.
   *
   * @throws io.sluice.error.S3Exception the reading errors, and what the selection throws
   */
  Opened open(Place place, @Nullable String versionId, Selection selection) throws IOException {
    for (int attempt = 1; ; attempt++) {
      ObjectIndex.Located located = index.read(place, versionId);
      List<PartRecord> parts = index.manifest(located.version());
      boolean torn = located.version().partCount() != parts.size();
      if (!torn) {
        OpenVersion version = new OpenVersion(located, parts, pins);
        boolean open = false;
        try {
          List<Extent> extents = selection.of(located, parts);
          open = hold(version, extents) && isStillThere(place, versionId, version);
          if (open) {
            return new Opened(version, extents);
          }
        } finally {
          if (!open) {
            version.close();
          }
        }
      }
      if (attempt == ATTEMPTS) {
        LOG.error("Bytes of {} / {} are missing", place.bucketName(), place.key());
        throw new IOException("Stored bytes are missing");
      }
      if (attempt > ATTEMPTS_AT_ONCE) {
        pause();
      }
    }
  }

  /** Gives the janitor time to spare a blob that it looks at, since a copy still refers to it. */
  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while opening an object", e);
    }
  }

  private boolean hold(OpenVersion version, List<Extent> extents) throws IOException {
    for (Extent extent : extents) {
      if (extent.isInline()) {
        byte @Nullable [] bytes = database.get(Column.INLINE, IndexKeys.id(extent.id()));
        if (bytes == null) {
          return false;
        }
        version.keep(extent.id(), bytes);
      } else if (damaged.contains(extent.id())) {
        throw new IOException("Stored bytes are damaged");
      } else if (!version.pin(extent.id())) {
        return false;
      }
    }
    return true;
  }

  /** Blobs that a living version refers to after they were pinned cannot go any more. */
  private boolean isStillThere(Place place, @Nullable String versionId, OpenVersion version)
      throws IOException {
    if (!version.holdsBlobs()) {
      return true;
    }
    if (versionId == null) {
      VersionRecord current = index.current(place);
      return current != null && current.sequence() == version.version().sequence();
    }
    ObjectIndex.Located again = index.find(place, versionId);
    return again != null && again.version().sequence() == version.version().sequence();
  }

  /**
   * Evaluates the conditions of a read.
   *
   * @throws io.sluice.error.S3Exception PreconditionFailed
   * @throws NotModifiedException when the client has it
   */
  static void check(Preconditions conditions, ObjectInfo info) {
    switch (conditions.evaluateRead(info)) {
      case FAILED -> throw S3ErrorCode.PRECONDITION_FAILED.exception();
      case NOT_MODIFIED -> throw new NotModifiedException(info);
      case PROCEED -> {}
    }
  }

  /**
   * The bytes that a read asks for.
   *
   * @throws io.sluice.error.S3Exception InvalidRange, InvalidPartNumber
   */
  static ByteRange.Resolved range(
      VersionRecord version, List<PartRecord> parts, ReadOptions options) {
    ByteRange range = options.range();
    Integer number = options.partNumber();
    if (range != null) {
      return range.resolve(version.sizeBytes());
    }
    if (number == null || (parts.isEmpty() && number == 1)) {
      return new ByteRange.Resolved(0, version.sizeBytes());
    }
    long offset = 0;
    for (PartRecord part : parts) {
      if (part.info().partNumber() == number) {
        return new ByteRange.Resolved(offset, part.info().sizeBytes());
      }
      offset += part.info().sizeBytes();
    }
    throw S3ErrorCode.INVALID_PART_NUMBER
        .exception()
        .with("PartNumberRequested", number)
        .with("ActualPartCount", Math.max(1, parts.size()));
  }

  /** The extents of a version, in order. */
  static List<Extent> extents(VersionRecord version, List<PartRecord> parts) {
    if (parts.isEmpty()) {
      return version.extents();
    }
    List<Extent> all = new ArrayList<>(parts.size());
    parts.forEach(part -> all.addAll(part.extents()));
    return all;
  }

  /** The regions of extents that a range covers. */
  static List<Extent> clip(List<Extent> extents, ByteRange.Resolved range) {
    List<Extent> clipped = new ArrayList<>();
    long start = range.offset();
    long end = start + range.length();
    long position = 0;
    for (Extent extent : extents) {
      long from = Math.max(start, position);
      long to = Math.min(end, position + extent.length());
      if (from < to) {
        long begin = extent.offset() + from - position;
        clipped.add(new Extent(extent.id(), begin, to - from, extent.envelope()));
      }
      position += extent.length();
    }
    return clipped;
  }
}
