package io.sluice.storage.local;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ETag;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.Usage;
import io.sluice.model.Versioning;
import io.sluice.model.encryption.Encryption;
import io.sluice.storage.PartAssembly;
import io.sluice.storage.Payload;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.encryption.KeyWrapping;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes bodies as objects, and behind objects: what was there stays where it is and becomes the
 * first parts of the longer object. Thread-safe.
 */
final class LocalAppends {
  private final LocalEngine engine;

  LocalAppends(LocalEngine engine) {
    this.engine = engine;
  }

  /** A body that arrived, with what its payload says of it. */
  record Arrived(Payload payload, StoredBody body) {}

  /** Adds a body as a new object; returns the version. */
  VersionRecord create(IndexBatch batch, Place place, WriteOptions options, Arrived arrived)
      throws IOException {
    long sequence = engine.sequences().next();
    VersionRecord version =
        new VersionRecord(
            sequence,
            ObjectIndex.flagsOfNew(place, false, !options.documents().isEmpty()),
            arrived.body().sizeBytes(),
            KeyWrapping.tag(options.wrapping(), arrived.payload().etag()),
            LocalEngine.now(),
            options.metadata(),
            arrived.payload().checksums(),
            0,
            options.ownerId(),
            arrived.body().addTo(batch, sequence),
            KeyWrapping.encryptionOf(options.wrapping()));
    engine.index().put(batch, place, version);
    LocalEngine.putDocuments(batch, sequence, options.documents());
    return version;
  }

  /** {@link io.sluice.storage.ObjectStore#append}. */
  ObjectInfo append(ObjectRef target, long offsetBytes, WriteOptions options, Payload payload)
      throws IOException {
    Place early = engine.buckets().place(target);
    check(early, options, offsetBytes);
    Usage added = Usage.ofObject(payload.lengthBytes().orElse(0));
    engine.admission().check(early.bucket(), added, () -> Usage.ofObject(0));
    try (StoredBody body = engine.intake().read(payload, options.wrapping());
        KeyLocks.Held held = engine.locks().key(early)) {
      IndexBatch batch = engine.batch(held);
      Place place = engine.buckets().place(target);
      VersionRecord current = check(place, options, offsetBytes);
      Arrived arrived = new Arrived(payload, body);
      VersionRecord version;
      if (current == null) {
        version = create(batch, place, options, arrived);
      } else if (place.versioning() != Versioning.ENABLED && current.flags().nullVersion()) {
        version = extend(batch, place, current, arrived);
      } else {
        version = extendAsNew(batch, place, options, arrived);
      }
      engine.commit(batch, body);
      return version.info(place.key(), place.versioning(), true);
    }
  }

  /** The current version, if there is one, once it is as the request says. */
  private @Nullable VersionRecord check(Place place, WriteOptions options, long offsetBytes)
      throws IOException {
    VersionRecord current = engine.index().current(place);
    options
        .conditions()
        .checkWrite(current == null ? null : current.info(place.key(), place.versioning(), true));
    long size = current == null ? 0 : current.sizeBytes();
    if (size != offsetBytes) {
      throw S3ErrorCode.INVALID_WRITE_OFFSET
          .exception()
          .with("ProvidedOffset", offsetBytes)
          .with("ObjectSize", size);
    }
    if (current != null && !sameKey(current, options)) {
      throw S3ErrorCode.ENCRYPTION_TYPE_MISMATCH.exception();
    }
    return current;
  }

  /** Whether what is appended is encrypted as what is there; nobody knows a customer's key. */
  private static boolean sameKey(VersionRecord current, WriteOptions options) {
    Encryption there = current.encryption();
    Encryption added = KeyWrapping.encryptionOf(options.wrapping());
    if (there == null || added == null) {
      return there == null && added == null;
    }
    return there.equals(added) && !there.ofCustomer();
  }

  /** The same version, longer: its parts keep their owners, and nothing that was there moves. */
  private VersionRecord extend(
      IndexBatch batch, Place place, VersionRecord current, Arrived arrived) throws IOException {
    List<PartRecord> parts = parts(current, engine.index().manifest(current));
    VersionRecord longer = longer(batch, current, parts, arrived);
    engine.index().rewrite(batch, place, new ObjectIndex.Located(longer, true, true));
    batch.put(Column.MANIFESTS, IndexKeys.id(longer.sequence()), IndexCodec.encodeManifest(parts));
    batch.add(
        place.bucketId(),
        Usage.ofObject(longer.sizeBytes()).minus(Usage.ofObject(current.sizeBytes())));
    return longer;
  }

  /** A longer version above one that stays as it is, sharing its bytes. */
  private VersionRecord extendAsNew(
      IndexBatch batch, Place place, WriteOptions options, Arrived arrived) throws IOException {
    VersionReader.Opened opened =
        engine
            .reader()
            .open(place, null, (located, of) -> VersionReader.extents(located.version(), of));
    try (OpenVersion open = opened.version()) {
      long sequence = engine.sequences().next();
      VersionRecord current = open.version();
      List<PartRecord> shared = new ArrayList<>();
      for (PartRecord part : parts(current, open.parts())) {
        List<Extent> extents = engine.share(batch, open, part.extents(), sequence);
        shared.add(new PartRecord(sequence, part.info(), extents));
      }
      Map<String, byte[]> documents = new HashMap<>(engine.documents(current));
      documents.putAll(options.documents());
      VersionRecord base =
          new VersionRecord(
              sequence,
              ObjectIndex.flagsOfNew(place, false, !documents.isEmpty()),
              current.sizeBytes(),
              current.etag(),
              current.modifiedAt(),
              current.metadata(),
              current.checksums(),
              current.partCount(),
              options.ownerId(),
              current.extents(),
              current.encryption());
      VersionRecord longer = longer(batch, base, shared, arrived);
      engine.index().put(batch, place, longer);
      batch.put(Column.MANIFESTS, IndexKeys.id(sequence), IndexCodec.encodeManifest(shared));
      LocalEngine.putDocuments(batch, sequence, documents);
      return longer;
    }
  }

  /** The pieces of a version so far; none of an empty one. */
  private static List<PartRecord> parts(VersionRecord version, List<PartRecord> manifest) {
    if (version.partCount() > 0) {
      return new ArrayList<>(manifest);
    }
    List<PartRecord> parts = new ArrayList<>();
    if (version.sizeBytes() > 0) {
      PartInfo whole =
          new PartInfo(
              1, version.sizeBytes(), version.etag(), version.modifiedAt(), version.checksums());
      parts.add(new PartRecord(version.sequence(), whole, version.extents()));
    }
    return parts;
  }

  /**
   * Adds the body to the parts; returns the version that they make.
   *
   * @throws io.sluice.error.S3Exception TooManyParts
   */
  private VersionRecord longer(
      IndexBatch batch, VersionRecord base, List<PartRecord> parts, Arrived arrived)
      throws IOException {
    int number = parts.isEmpty() ? 1 : parts.get(parts.size() - 1).info().partNumber() + 1;
    if (number > PartInfo.MAX_PART_NUMBER) {
      throw S3ErrorCode.TOO_MANY_PARTS.exception();
    }
    Payload payload = arrived.payload();
    long owner = engine.sequences().next();
    PartInfo piece =
        new PartInfo(
            number,
            arrived.body().sizeBytes(),
            tag(base, payload),
            LocalEngine.now(),
            payload.checksums());
    parts.add(new PartRecord(owner, piece, arrived.body().addTo(batch, owner)));
    // Of an empty object the appended bytes are all there is, and so is their checksum.
    List<io.sluice.model.Checksum> before = base.sizeBytes() == 0 ? List.of() : base.checksums();
    PartAssembly assembly =
        PartAssembly.ofAppended(parts.stream().map(PartRecord::info).toList(), before);
    return new VersionRecord(
        base.sequence(),
        base.flags(),
        assembly.sizeBytes(),
        assembly.etag(),
        LocalEngine.now(),
        base.metadata(),
        base.sizeBytes() == 0 ? payload.checksums() : assembly.checksums(),
        parts.size(),
        base.ownerId(),
        List.of(),
        base.encryption());
  }

  private static ETag tag(VersionRecord base, Payload payload) {
    Encryption encryption = base.encryption();
    return encryption == null || encryption.tagIsMd5() ? payload.etag() : KeyWrapping.randomTag();
  }
}
