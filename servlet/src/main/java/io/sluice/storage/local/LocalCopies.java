package io.sluice.storage.local;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.ByteRange;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ChecksumType;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.storage.ContentSink;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.ObjectIndex;
import io.sluice.storage.local.index.PartRecord;
import io.sluice.storage.local.index.Place;
import io.sluice.storage.local.index.VersionRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies by reference: what is written is records, whatever the size. Bytes are read only for a
 * checksum that the source does not have. Thread-safe.
 */
final class LocalCopies {
  private final LocalEngine engine;

  LocalCopies(LocalEngine engine) {
    this.engine = engine;
  }

  /** {@link io.sluice.storage.ObjectStore#copy}. */
  ObjectInfo copy(ObjectRef source, ObjectRef target, CopyOptions options) throws IOException {
    Place from = engine.buckets().place(source);
    Place early = engine.buckets().place(target);
    engine.admission().space().require();
    VersionReader.Opened opened =
        engine
            .reader()
            .open(
                from,
                source.versionId(),
                (located, parts) -> {
                  check(options.sourceConditions(), located.info(from));
                  return VersionReader.extents(located.version(), parts);
                });
    try (OpenVersion version = opened.version()) {
      List<Checksum> checksums = checksums(opened, options.checksumAlgorithm());
      Map<String, byte[]> documents = documents(version.version(), options);
      try (KeyLocks.Held held = engine.locks().key(early)) {
        IndexBatch batch = engine.batch(held);
        Place place = engine.buckets().place(target);
        options.targetConditions().checkWrite(engine.index().currentInfo(place));
        long sequence = engine.sequences().next();
        VersionRecord copied = version.version();
        ObjectMetadata metadata = options.metadata();
        VersionRecord made =
            new VersionRecord(
                sequence,
                ObjectIndex.flagsOfNew(place, false, !documents.isEmpty()),
                copied.sizeBytes(),
                copied.etag(),
                LocalEngine.now(),
                metadata == null ? copied.metadata() : metadata,
                checksums,
                copied.partCount(),
                options.ownerId(),
                engine.share(batch, version, copied.extents(), sequence));
        engine.index().put(batch, place, made);
        shareParts(batch, version, sequence);
        LocalEngine.putDocuments(batch, sequence, documents);
        engine.commit(batch, null);
        return made.info(place.key(), place.versioning(), true);
      }
    }
  }

  /** Writes the manifest of a version that takes over the parts of another. */
  void shareParts(IndexBatch batch, OpenVersion source, long sequence) throws IOException {
    if (source.parts().isEmpty()) {
      return;
    }
    List<PartRecord> parts = new ArrayList<>(source.parts().size());
    for (PartRecord part : source.parts()) {
      List<Extent> shared = engine.share(batch, source, part.extents(), sequence);
      parts.add(new PartRecord(sequence, part.info(), shared));
    }
    batch.put(Column.MANIFESTS, IndexKeys.id(sequence), IndexCodec.encodeManifest(parts));
  }

  private Map<String, byte[]> documents(VersionRecord source, CopyOptions options)
      throws IOException {
    Map<String, byte[]> documents = new HashMap<>();
    for (String name : options.copiedDocuments()) {
      byte[] document = engine.document(source, name);
      if (document != null) {
        documents.put(name, document);
      }
    }
    documents.putAll(options.documents());
    return documents;
  }

  private List<Checksum> checksums(
      VersionReader.Opened opened, @org.jspecify.annotations.Nullable ChecksumAlgorithm algorithm)
      throws IOException {
    List<Checksum> kept = opened.version().version().checksums();
    if (algorithm == null) {
      return kept;
    }
    for (Checksum checksum : kept) {
      if (checksum.algorithm() == algorithm && checksum.type() == ChecksumType.FULL_OBJECT) {
        return List.of(checksum);
      }
    }
    return List.of(compute(opened, algorithm));
  }

  /** A checksum of the selected bytes, which are read for it. */
  Checksum compute(VersionReader.Opened opened, ChecksumAlgorithm algorithm) throws IOException {
    ChecksumDigest digest = ChecksumDigest.of(algorithm);
    ContentSink sink =
        new ContentSink() {
          private final byte[] chunk = new byte[8 * 1024];

          @Override
          public void write(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
          }

          @Override
          public void write(ByteBuffer buffer) {
            while (buffer.hasRemaining()) {
              int length = Math.min(chunk.length, buffer.remaining());
              buffer.get(chunk, 0, length);
              digest.update(chunk, 0, length);
            }
          }
        };
    for (Extent extent : opened.extents()) {
      if (extent.isInline()) {
        sink.write(
            opened.version().inline(extent.id()), (int) extent.offset(), (int) extent.length());
      } else {
        engine.files().reader().send(extent, sink);
      }
    }
    return Checksum.of(algorithm, digest.digest());
  }

  /**
   * Evaluates the conditions on a copy's source, for which "not modified" fails too.
   *
   * @throws io.sluice.error.S3Exception PreconditionFailed
   */
  static void check(Preconditions conditions, ObjectInfo source) {
    if (conditions.evaluateRead(source) != Preconditions.Outcome.PROCEED) {
      throw S3ErrorCode.PRECONDITION_FAILED.exception();
    }
  }

  /**
   * The bytes that a copied part takes.
   *
   * @throws io.sluice.error.S3Exception InvalidRange when the range reaches past the end
   */
  static ByteRange.Resolved range(
      ByteRange.@org.jspecify.annotations.Nullable FromTo range, long sizeBytes) {
    if (range == null) {
      return new ByteRange.Resolved(0, sizeBytes);
    }
    if (range.last() >= sizeBytes) {
      throw S3ErrorCode.INVALID_RANGE.exception().with("ActualObjectSize", sizeBytes);
    }
    return range.resolve(sizeBytes);
  }
}
