package io.sluice.storage.local;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.ByteRange;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ChecksumType;
import io.sluice.model.ETag;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.encryption.Encryption;
import io.sluice.storage.ContentSink;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.encryption.BlockCipher;
import io.sluice.storage.encryption.DataKey;
import io.sluice.storage.encryption.Envelope;
import io.sluice.storage.encryption.KeyWrapping;
import io.sluice.storage.local.blob.BodyWriter;
import io.sluice.storage.local.blob.StoredBody;
import io.sluice.storage.local.index.Column;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexCodec;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.ObjectIndex;
import io.sluice.storage.local.index.PartRecord;
import io.sluice.storage.local.index.Place;
import io.sluice.storage.local.index.VersionRecord;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies by reference: what is written is records, whatever the size; of what is encrypted the keys
 * alone are wrapped anew. Bytes are read for a checksum that the source does not have, and when
 * they are encrypted on one side only. Thread-safe.
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
                  options.sourceKeys().admit(located.version().encryption());
                  check(options.sourceConditions(), located.info(from));
                  return VersionReader.extents(located.version(), parts);
                });
    try (OpenVersion version = opened.version();
        Taken taken = new Taken(options.wrapping())) {
      version.unlock(options.sourceKeys(), opened.extents());
      takeVersion(taken, version);
      List<Checksum> checksums = checksums(opened, options.checksumAlgorithm());
      Map<String, byte[]> documents = documents(version.version(), options);
      try (KeyLocks.Held held = engine.locks().key(early)) {
        IndexBatch batch = engine.batch(held);
        Place place = engine.buckets().place(target);
        options.targetConditions().checkWrite(engine.index().currentInfo(place));
        long sequence = engine.sequences().next();
        VersionRecord copied = version.version();
        VersionRecord made =
            new VersionRecord(
                sequence,
                ObjectIndex.flagsOfNew(place, false, !documents.isEmpty()),
                copied.sizeBytes(),
                copied.partCount() > 0
                    ? copied.etag()
                    : taken.tag(taken.md5 == null ? copied.etag() : taken.md5),
                LocalEngine.now(),
                options.metadataOf(copied.metadata()),
                checksums,
                copied.partCount(),
                options.ownerId(),
                copied.partCount() > 0
                    ? List.of()
                    : addTo(batch, version, copied.extents(), taken, sequence),
                KeyWrapping.encryptionOf(options.wrapping()));
        engine.index().put(batch, place, made);
        addParts(batch, version, taken, sequence);
        LocalEngine.putDocuments(batch, sequence, documents);
        engine.commitAll(batch, taken.bodies());
        return made.info(place.key(), place.versioning(), true);
      }
    }
  }

  /**
   * Decides how a whole version is taken over, and reads what has to be written again. A simple
   * object whose tag is to be an MD5, and is none yet, is read for it.
   */
  private void takeVersion(Taken taken, OpenVersion version) throws IOException {
    Encryption before = version.version().encryption();
    boolean sameTag = before == null || before.tagIsMd5() || !taken.tagIsMd5();
    List<Extent> all = VersionReader.extents(version.version(), version.parts());
    if ((sameTag || version.version().partCount() > 0) && byReference(taken, version, all)) {
      taken.rewrap(version, all);
    } else if (version.parts().isEmpty()) {
      taken.md5 = rewrite(taken, version, all);
    } else {
      for (PartRecord part : version.parts()) {
        rewrite(taken, version, part.extents());
      }
    }
  }

  /** Decides how a region of a version is taken over, and reads what has to be written again. */
  void take(Taken taken, OpenVersion version, List<Extent> extents) throws IOException {
    if (byReference(taken, version, extents)) {
      taken.rewrap(version, extents);
    } else {
      taken.md5 = rewrite(taken, version, extents);
    }
  }

  /**
   * Whether stored bytes may stay as they are: encrypted before and after, or neither. What is
   * encrypted in the index is taken whole or not at all.
   */
  private static boolean byReference(Taken taken, OpenVersion version, List<Extent> extents) {
    if ((version.version().encryption() == null) != (taken.wrapping == null)) {
      return false;
    }
    for (Extent extent : extents) {
      boolean encrypted = extent.envelope() != null;
      if (encrypted
          && extent.isInline()
          && extent.length() + BlockCipher.TAG_BYTES != version.inline(extent.id()).length) {
        return false;
      }
    }
    return true;
  }

  private ETag rewrite(Taken taken, OpenVersion version, List<Extent> extents) throws IOException {
    MessageDigest md5 = ChecksumDigest.messageDigest("MD5");
    try (BodyWriter body = engine.intake().writer(taken.wrapping)) {
      ContentSink sink =
          new ContentSink() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              write(ByteBuffer.wrap(bytes, offset, length));
            }

            @Override
            public void write(ByteBuffer buffer) throws IOException {
              md5.update(buffer.duplicate());
              body.write(buffer);
            }
          };
      for (Extent extent : extents) {
        engine.files().send(version, extent, sink);
      }
      taken.bodies.add(body.finish());
    }
    return new ETag(HexFormat.of().formatHex(md5.digest()));
  }

  /** Adds what was taken to a batch; returns where it is. */
  List<Extent> addTo(
      IndexBatch batch, OpenVersion source, List<Extent> extents, Taken taken, long sequence)
      throws IOException {
    return taken.bodies.isEmpty()
        ? engine.share(batch, source, taken.rewrapped(extents), sequence)
        : taken.bodies.get(0).addTo(batch, sequence);
  }

  /** Writes the manifest of a version that takes over the parts of another as they are. */
  void shareParts(IndexBatch batch, OpenVersion source, long sequence) throws IOException {
    try (Taken taken = new Taken(null)) {
      addParts(batch, source, taken, sequence);
    }
  }

  private void addParts(IndexBatch batch, OpenVersion source, Taken taken, long sequence)
      throws IOException {
    if (source.parts().isEmpty()) {
      return;
    }
    List<PartRecord> parts = new ArrayList<>(source.parts().size());
    for (PartRecord part : source.parts()) {
      if (taken.bodies.isEmpty()) {
        List<Extent> extents = taken.rewrapped(part.extents());
        List<Extent> shared = engine.share(batch, source, extents, sequence);
        parts.add(new PartRecord(sequence, part.info(), shared));
      } else {
        // Each body in the index is named by its owner, so that each part is one of its own.
        long owner = engine.sequences().next();
        List<Extent> extents = taken.bodies.get(parts.size()).addTo(batch, owner);
        parts.add(new PartRecord(owner, part.info(), extents));
      }
    }
    batch.put(Column.MANIFESTS, IndexKeys.id(sequence), IndexCodec.encodeManifest(parts));
  }

  /**
   * What a copy takes over: either bytes that stay where they are, their keys wrapped anew, or new
   * bodies, one for a simple object and one for each part of others. Closed, it deletes what was
   * not committed. Confined to one thread.
   */
  static final class Taken implements Closeable {
    private final @Nullable KeyWrapping wrapping;
    private final Map<Envelope, Envelope> rewrapped = new HashMap<>();
    private final List<StoredBody> bodies = new ArrayList<>();
    private @Nullable ETag md5;

    /** Takes over what is encrypted thus, or not at all. */
    Taken(@Nullable KeyWrapping wrapping) {
      this.wrapping = wrapping;
    }

    /** The new bodies; none when bytes stay where they are. */
    List<StoredBody> bodies() {
      return bodies;
    }

    /** The MD5 of bytes that were read, as a tag; null when they were not. */
    @Nullable ETag md5() {
      return md5;
    }

    private boolean tagIsMd5() {
      return wrapping == null || wrapping.encryption().tagIsMd5();
    }

    /** The tag of what has this one unless tags may tell nothing. */
    ETag tag(ETag tag) {
      return KeyWrapping.tag(wrapping, tag);
    }

    /** Before any lock is taken, since a key service may be far away. */
    void rewrap(OpenVersion version, List<Extent> extents) throws IOException {
      for (Extent extent : extents) {
        Envelope envelope = extent.envelope();
        DataKey key = version.key(extent);
        if (envelope != null
            && key != null
            && wrapping != null
            && !rewrapped.containsKey(envelope)) {
          rewrapped.put(envelope, wrapping.wrap(key));
        }
      }
    }

    List<Extent> rewrapped(List<Extent> extents) {
      return extents.stream()
          .map(
              extent -> {
                Envelope envelope = extent.envelope();
                Envelope other = envelope == null ? null : rewrapped.get(envelope);
                return other == null ? extent : extent.withEnvelope(other);
              })
          .toList();
    }

    @Override
    public void close() throws IOException {
      for (StoredBody body : bodies) {
        body.close();
      }
    }
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
      VersionReader.Opened opened, @Nullable ChecksumAlgorithm algorithm) throws IOException {
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
      engine.files().send(opened.version(), extent, sink);
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
  static ByteRange.Resolved range(ByteRange.@Nullable FromTo range, long sizeBytes) {
    if (range == null) {
      return new ByteRange.Resolved(0, sizeBytes);
    }
    if (range.last() >= sizeBytes) {
      throw S3ErrorCode.INVALID_RANGE.exception().with("ActualObjectSize", sizeBytes);
    }
    return range.resolve(sizeBytes);
  }
}
