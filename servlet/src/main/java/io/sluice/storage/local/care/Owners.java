package io.sluice.storage.local.care;

import io.sluice.storage.local.index.BucketRecord;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import io.sluice.storage.local.index.PartRecord;
import io.sluice.storage.local.index.Rows;
import io.sluice.storage.local.index.UploadRecord;
import io.sluice.storage.local.index.VersionRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks all that owns stored bytes: versions, their parts, and parts of uploads under way. */
final class Owners {
  /** A blob that a thousand copies share is named by the first ones. */
  private static final int MAX_NAMES = 8;

  private final Rows rows;
  private final Map<Integer, String> buckets = new HashMap<>();

  Owners(Rows rows) throws IOException {
    this.rows = rows;
    byte[] from = IndexKeys.bucketName("");
    try (IndexScan scan = rows.scan(Column.BUCKETS, from, new byte[] {(byte) (from[0] + 1)})) {
      for (; scan.valid(); scan.next()) {
        BucketRecord bucket = IndexCodec.bucket(scan.value());
        buckets.put(bucket.id(), bucket.info().name().value());
      }
    }
  }

  /**
   * An owner of extents.
   *
   * @param name the object, as a finding names it
   * @param sequence its identity
   * @param extents its bytes
   * @param anchor where its record stands: the column
   * @param row where its record stands, and the record
   */
  record Owner(String name, long sequence, List<Extent> extents, Column anchor, Rows.Row row) {}

  /**
   * A version as it stands.
   *
   * @param name as a finding names it
   * @param column the one where it stands
   * @param row the row
   * @param version the record
   * @param parts its parts; empty for a simple one
   */
  record Standing(
      String name, Column column, Rows.Row row, VersionRecord version, List<PartRecord> parts) {}

  /** Takes what is met. */
  interface Visitor {
    /** A version or delete marker, before its owners. */
    default void version(Standing version) throws IOException {}

    /** A record that cannot be read. */
    default void unreadable(String name, String detail) {}

    void owner(Owner owner) throws IOException, InterruptedException;
  }

  /** Walks everything. */
  void each(Visitor visitor) throws IOException, InterruptedException {
    rows.each(Column.UPLOADS, row -> upload(row, visitor));
    rows.each(Column.VERSIONS, row -> version(Column.VERSIONS, row, visitor));
    rows.each(Column.CURRENT, row -> version(Column.CURRENT, row, visitor));
  }

  /** The names of all buckets by their ids. */
  Map<Integer, String> buckets() {
    return buckets;
  }

  /** Whether the bucket of a row is there. */
  boolean knowsBucketOf(byte[] row) {
    return buckets.containsKey(bucketId(row));
  }

  private static int bucketId(byte[] row) {
    return java.nio.ByteBuffer.wrap(row).getInt();
  }

  String name(byte[] row, byte[] key) {
    String bucket = buckets.get(bucketId(row));
    return (bucket == null ? "(bucket " + bucketId(row) + ")" : bucket)
        + "/"
        + new String(key, StandardCharsets.UTF_8);
  }

  private void version(Column column, Rows.Row row, Visitor visitor)
      throws IOException, InterruptedException {
    byte[] key =
        column == Column.CURRENT
            ? IndexKeys.keyOfObject(row.key())
            : IndexKeys.keyOfSequenced(row.key());
    String name = name(row.key(), key);
    VersionRecord version;
    List<PartRecord> parts;
    try {
      version = IndexCodec.version(row.value());
      name = name + " (version " + version.versionId() + ")";
      parts = parts(version);
    } catch (RuntimeException e) {
      visitor.unreadable(name, String.valueOf(e.getMessage()));
      return;
    }
    visitor.version(new Standing(name, column, row, version, parts));
    if (!version.extents().isEmpty()) {
      visitor.owner(new Owner(name, version.sequence(), version.extents(), column, row));
    }
    for (PartRecord part : parts) {
      visitor.owner(new Owner(name, part.sequence(), part.extents(), column, row));
    }
  }

  private List<PartRecord> parts(VersionRecord version) throws IOException {
    if (version.partCount() == 0) {
      return List.of();
    }
    byte @Nullable [] bytes = rows.get(Column.MANIFESTS, IndexKeys.id(version.sequence()));
    return bytes == null ? List.of() : IndexCodec.manifest(bytes);
  }

  private void upload(Rows.Row row, Visitor visitor) throws IOException, InterruptedException {
    String name = name(row.key(), IndexKeys.keyOfSequenced(row.key()));
    List<Rows.Row> found = new ArrayList<>();
    try {
      UploadRecord upload = IndexCodec.upload(row.value());
      name = name + " (upload " + upload.info().uploadId() + ")";
    } catch (RuntimeException e) {
      visitor.unreadable(name, String.valueOf(e.getMessage()));
    }
    long sequence = IndexKeys.lastLong(row.key());
    byte[] end = IndexKeys.part(sequence + 1, 0);
    try (IndexScan scan = rows.scan(Column.PARTS, IndexKeys.part(sequence, 0), end)) {
      for (; scan.valid(); scan.next()) {
        found.add(new Rows.Row(scan.key(), scan.value()));
      }
    }
    for (Rows.Row part : found) {
      try {
        PartRecord record = IndexCodec.part(part.value());
        visitor.owner(new Owner(name, record.sequence(), record.extents(), Column.PARTS, part));
      } catch (IllegalStateException e) {
        visitor.unreadable(name, String.valueOf(e.getMessage()));
      }
    }
  }

  /** The names of the objects that refer to blobs, the first few of each. */
  Map<Long, List<String>> namesOf(Set<Long> blobs) throws IOException, InterruptedException {
    Map<Long, List<String>> names = new HashMap<>();
    each(
        owner -> {
          for (Extent extent : owner.extents()) {
            if (!extent.isInline() && blobs.contains(extent.id())) {
              List<String> known = names.computeIfAbsent(extent.id(), id -> new ArrayList<>());
              if (known.size() < MAX_NAMES && !known.contains(owner.name())) {
                known.add(owner.name());
              }
            }
          }
        });
    return names;
  }
}
