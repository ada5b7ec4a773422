package io.sluice.storage.local;

import io.sluice.model.ETag;
import io.sluice.model.ObjectMetadata;
import io.sluice.storage.local.blob.BodyIntake;
import io.sluice.storage.local.blob.StoredBody;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexDatabase;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.IndexScan;
import io.sluice.storage.local.index.ObjectIndex;
import io.sluice.storage.local.index.Place;
import io.sluice.storage.local.index.Sequences;
import io.sluice.storage.local.index.VersionRecord;
import io.sluice.storage.local.usage.Admission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the three stores share. Thread-safe.
 *
 * @param database the index
 * @param index the versions in it
 * @param buckets the buckets
 * @param sequences places in time
 * @param locks the locks of mutations
 * @param intake reads bodies
 * @param reader opens versions
 * @param files reads blob files
 * @param janitor frees what is let go
 * @param admission what may be added
 */
record LocalEngine(
    IndexDatabase database,
    ObjectIndex index,
    BucketTable buckets,
    Sequences sequences,
    KeyLocks locks,
    BodyIntake intake,
    VersionReader reader,
    LocalContent.Files files,
    Janitor janitor,
    Admission admission) {

  /** A batch for a mutation; it is filled, and committed, while these locks are held. */
  IndexBatch batch(KeyLocks.Held held) {
    held.check();
    return new IndexBatch();
  }

  /**
   * Commits a batch, with the body whose extents it holds.
   *
   * @throws io.sluice.error.S3Exception QuotaExceeded, and nothing happened
   */
  void commit(IndexBatch batch, @Nullable StoredBody body) throws IOException {
    commitAll(batch, body == null ? List.of() : List.of(body));
  }

  /** The same with several bodies. */
  void commitAll(IndexBatch batch, List<StoredBody> bodies) throws IOException {
    admission.usage().reserve(batch);
    bodies.forEach(StoredBody::keep);
    boolean committed = false;
    try {
      database.write(batch, buckets.durability(batch.usageBucket()).orElse(database.durability()));
      committed = true;
    } finally {
      admission.usage().settle(batch, committed);
      if (!committed) {
        janitor.suspectOrphans();
      }
    }
    janitor.offer(batch.released());
  }

  /** Writes the documents of a new version. */
  static void putDocuments(IndexBatch batch, long sequence, Map<String, byte[]> documents)
      throws IOException {
    for (Map.Entry<String, byte[]> document : documents.entrySet()) {
      batch.put(
          Column.DOCUMENTS, IndexKeys.document(sequence, document.getKey()), document.getValue());
    }
  }

  /** A delete marker for a key. */
  VersionRecord marker(Place place, String ownerId) throws IOException {
    return new VersionRecord(
        sequences.next(),
        ObjectIndex.flagsOfNew(place, true, false),
        0,
        new ETag(""),
        now(),
        ObjectMetadata.NONE,
        List.of(),
        0,
        ownerId,
        List.of());
  }

  /** All documents of a version by their names. */
  Map<String, byte[]> documents(VersionRecord version) throws IOException {
    Map<String, byte[]> documents = new HashMap<>();
    if (version.flags().documents()) {
      byte[] from = IndexKeys.id(version.sequence());
      byte[] to = IndexKeys.id(version.sequence() + 1);
      try (IndexScan scan = database.scan(Column.DOCUMENTS, from, to)) {
        for (; scan.valid(); scan.next()) {
          byte[] row = scan.key();
          String name =
              new String(row, Long.BYTES, row.length - Long.BYTES, StandardCharsets.UTF_8);
          documents.put(name, scan.value());
        }
      }
    }
    return documents;
  }

  /** The documents of a version. */
  byte @Nullable [] document(VersionRecord version, String name) throws IOException {
    return version.flags().documents()
        ? database.get(Column.DOCUMENTS, IndexKeys.document(version.sequence(), name))
        : null;
  }

  /**
   * Lets a new owner have extents of an open version: blobs by reference, inline values as a copy,
   * since each of those has one owner.
   */
  List<Extent> share(IndexBatch batch, OpenVersion source, List<Extent> extents, long ownerSequence)
      throws IOException {
    List<Extent> shared = new ArrayList<>(extents.size());
    for (Extent extent : extents) {
      if (extent.isInline()) {
        long id = Extent.inlineId(sequences.next());
        int from = (int) extent.offset();
        byte[] stored = source.inline(extent.id());
        // An encrypted value is taken whole, with the tag behind it.
        int to = extent.envelope() == null ? from + (int) extent.length() : stored.length;
        batch.put(Column.INLINE, IndexKeys.id(id), Arrays.copyOfRange(stored, from, to));
        shared.add(new Extent(id, 0, extent.length(), extent.envelope()));
      } else {
        shared.add(extent);
      }
    }
    batch.hold(shared, ownerSequence);
    return shared;
  }

  /** The time of a write, in the precision that is kept. */
  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
