package io.sluice.storage.local.care;

import io.sluice.model.ObjectRef;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import io.sluice.storage.local.index.PartRecord;
import io.sluice.storage.local.index.Rows;
import io.sluice.storage.local.index.VersionRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that rows of versions keep among themselves: which of {@code current} and {@code
 * versions} holds the newest, what {@code nulls} points at, and how sizes add up.
 */
final class VersionRules {
  private final Rows rows;
  private final Owners owners;
  private final Tally tally;
  private byte[] lastKey = {};

  VersionRules(Rows rows, Owners owners, Tally tally) {
    this.rows = rows;
    this.owners = owners;
    this.tally = tally;
  }

  /** Checks a version; those of {@code versions} come in order. */
  void check(Owners.Standing standing) throws IOException {
    tally.versions++;
    VersionRecord version = standing.version();
    if (!owners.knowsBucketOf(standing.row().key())) {
      tally.inconsistent(standing.name(), "its bucket does not exist");
    }
    if (standing.column() == Column.CURRENT) {
      checkCurrent(standing);
    } else {
      checkOther(standing);
    }
    checkSizes(standing.name(), version, standing.parts());
  }

  private void checkCurrent(Owners.Standing standing) throws IOException {
    VersionRecord version = standing.version();
    if (version.flags().deleteMarker()) {
      tally.inconsistent(standing.name(), "a delete marker stands in current");
    }
    byte[] row = standing.row().key();
    byte[] from = Arrays.copyOf(row, row.length + 1);
    byte[] to = from.clone();
    to[row.length] = IndexKeys.BEHIND;
    try (IndexScan scan = rows.scan(Column.VERSIONS, from, to)) {
      if (scan.valid() && ~IndexKeys.lastLong(scan.key()) >= version.sequence()) {
        tally.inconsistent(standing.name(), "versions holds a newer one than current");
      }
    }
  }

  private void checkOther(Owners.Standing standing) throws IOException {
    VersionRecord version = standing.version();
    byte[] row = standing.row().key();
    if (~IndexKeys.lastLong(row) != version.sequence()) {
      tally.inconsistent(standing.name(), "its row is that of another version");
    }
    byte[] place = Arrays.copyOf(row, row.length - Long.BYTES - 1);
    boolean newestOther = !Arrays.equals(place, lastKey);
    lastKey = place;
    if (newestOther && !version.flags().deleteMarker() && rows.get(Column.CURRENT, place) == null) {
      tally.inconsistent(standing.name(), "it is the newest, and current does not have it");
    }
    if (version.flags().nullVersion()) {
      byte @Nullable [] pointer = rows.get(Column.NULLS, place);
      if (pointer == null || ByteBuffer.wrap(pointer).getLong() != version.sequence()) {
        tally.inconsistent(standing.name(), "nulls does not point at it");
      }
    }
  }

  private void checkSizes(String name, VersionRecord version, List<PartRecord> parts) {
    if (version.partCount() != parts.size()) {
      tally.inconsistent(
          name, "its manifest has " + parts.size() + " parts instead of " + version.partCount());
      return;
    }
    long size = lengthOf(version.extents());
    for (PartRecord part : parts) {
      long length = lengthOf(part.extents());
      if (length != part.info().sizeBytes()) {
        tally.inconsistent(name, "the sizes of its part " + part.info().partNumber() + " differ");
      }
      size += length;
    }
    if (size != version.sizeBytes()) {
      tally.inconsistent(name, "it has " + size + " bytes instead of " + version.sizeBytes());
    }
  }

  private static long lengthOf(List<Extent> extents) {
    return extents.stream().mapToLong(Extent::length).sum();
  }

  /** Checks that each row of {@code nulls} points at a null version. */
  void checkNulls() throws IOException, InterruptedException {
    rows.each(
        Column.NULLS,
        row -> {
          byte[] key = IndexKeys.keyOfObject(row.key());
          int bucket = ByteBuffer.wrap(row.key()).getInt();
          long sequence = ByteBuffer.wrap(row.value()).getLong();
          byte @Nullable [] bytes =
              rows.get(Column.VERSIONS, IndexKeys.version(bucket, key, sequence));
          if (bytes == null || !isNull(bytes)) {
            tally.inconsistent(owners.name(row.key(), key), "nulls points at no null version");
          }
        });
  }

  private static boolean isNull(byte[] record) {
    return IndexCodec.version(record).versionId().equals(ObjectRef.NULL_VERSION);
  }
}
