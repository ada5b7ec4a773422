package io.sluice.storage.local;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.model.ObjectInfo;
import io.sluice.model.PartInfo;
import io.sluice.model.Usage;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.PartAssembly;
import io.sluice.storage.UploadRef;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.CompletedRecord;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.ObjectIndex;
import io.sluice.storage.local.index.PartRecord;
import io.sluice.storage.local.index.Place;
import io.sluice.storage.local.index.UploadRecord;
import io.sluice.storage.local.index.VersionRecord;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects of parts by writing their list: no data moves. A completed upload is remembered, so
 * that a client which lost the answer gets it again. Thread-safe.
 */
final class UploadCompletion {
  /** From here on one range tombstone is cheaper than the tombstones of all parts. */
  private static final int MANY_PARTS = 100;

  private final LocalEngine engine;
  private final UploadIndex uploads;
  private final long minPartSizeBytes;

  UploadCompletion(LocalEngine engine, UploadIndex uploads, long minPartSizeBytes) {
    this.engine = engine;
    this.uploads = uploads;
    this.minPartSizeBytes = minPartSizeBytes;
  }

  /** {@link io.sluice.storage.MultipartStore#complete}. */
  ObjectInfo complete(UploadRef ref, CompleteOptions options) throws IOException {
    long sequence = UploadIndex.sequence(ref);
    Place early = engine.buckets().place(ref.bucket(), ref.key());
    try (KeyLocks.Held held = engine.locks().upload(early, sequence)) {
      IndexBatch batch = engine.batch(held);
      Place place = engine.buckets().place(ref.bucket(), ref.key());
      UploadRecord upload = uploads.find(place, sequence);
      if (upload == null) {
        return repeated(place, ref, options);
      }
      Map<Integer, PartRecord> parts = uploads.parts(sequence, 0, Integer.MAX_VALUE);
      Map<Integer, PartInfo> infos = new HashMap<>();
      parts.forEach((number, part) -> infos.put(number, part.info()));
      PartAssembly assembly = PartAssembly.of(upload.info(), options, infos, minPartSizeBytes);
      options.conditions().checkWrite(engine.index().currentInfo(place));
      VersionRecord version = version(place, upload, assembly);
      engine.index().put(batch, place, version);
      LocalEngine.putDocuments(batch, version.sequence(), upload.documents());
      takeParts(batch, sequence, parts, assembly, version.sequence());
      for (PartInfo part : infos.values()) {
        batch.subtract(place.bucketId(), Usage.ofPart(part.sizeBytes()));
      }
      batch.delete(Column.UPLOADS, IndexKeys.upload(place.bucketId(), place.utf8(), sequence));
      CompletedRecord completed =
          new CompletedRecord(
              place.bucketId(), ref.key().value(), digest(options), version.modifiedAt(), version);
      batch.put(
          Column.JOBS, IndexKeys.job(IndexKeys.COMPLETED, sequence), IndexCodec.encode(completed));
      engine.commit(batch, null);
      return version.info(place.key(), place.versioning(), true);
    }
  }

  private VersionRecord version(Place place, UploadRecord upload, PartAssembly assembly)
      throws IOException {
    return new VersionRecord(
        engine.sequences().next(),
        ObjectIndex.flagsOfNew(place, false, !upload.documents().isEmpty()),
        assembly.sizeBytes(),
        assembly.etag(),
        LocalEngine.now(),
        upload.info().metadata(),
        assembly.checksums(),
        assembly.parts().size(),
        upload.info().ownerId(),
        List.of(),
        upload.info().encryption());
  }

  /**
   * Makes the listed parts, which stay the owners of their bytes, the version's manifest, and lets
   * go of the others.
   */
  private static void takeParts(
      IndexBatch batch,
      long upload,
      Map<Integer, PartRecord> stored,
      PartAssembly assembly,
      long version)
      throws IOException {
    Map<Integer, PartRecord> unused = new HashMap<>(stored);
    List<PartRecord> manifest = new ArrayList<>(assembly.parts().size());
    for (PartInfo info : assembly.parts()) {
      PartRecord part = unused.remove(info.partNumber());
      if (part == null) {
        throw new IllegalStateException("A part that was checked is missing");
      }
      manifest.add(part);
    }
    for (PartRecord part : unused.values()) {
      batch.release(part.extents(), part.sequence());
    }
    if (stored.size() < MANY_PARTS) {
      stored.keySet().forEach(part -> batch.delete(Column.PARTS, IndexKeys.part(upload, part)));
    } else {
      batch.deleteRange(Column.PARTS, IndexKeys.part(upload, 0), IndexKeys.part(upload + 1, 0));
    }
    batch.put(Column.MANIFESTS, IndexKeys.id(version), IndexCodec.encodeManifest(manifest));
  }

  private ObjectInfo repeated(Place place, UploadRef ref, CompleteOptions options)
      throws IOException {
    byte[] row = IndexKeys.job(IndexKeys.COMPLETED, UploadIndex.sequence(ref));
    byte @Nullable [] bytes = engine.database().get(Column.JOBS, row);
    if (bytes == null) {
      throw UploadIndex.missing(ref);
    }
    CompletedRecord completed = IndexCodec.completed(bytes);
    if (completed.bucketId() != place.bucketId()
        || !completed.key().equals(ref.key().value())
        || !MessageDigest.isEqual(completed.listDigest(), digest(options))) {
      throw UploadIndex.missing(ref);
    }
    return completed.version().info(place.key(), place.versioning(), true);
  }

  private static byte[] digest(CompleteOptions options) {
    MessageDigest digest = ChecksumDigest.messageDigest("SHA-256");
    for (CompleteOptions.CompletedPart part : options.parts()) {
      digest.update(IndexKeys.utf8(part.partNumber() + ":" + part.etag().value() + "\n"));
    }
    return digest.digest();
  }
}
