package io.sluice.storage.local;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.model.BucketName;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ChecksumType;
import io.sluice.model.ETag;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.UploadInfo;
import io.sluice.model.Usage;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.PartSource;
import io.sluice.storage.Payload;
import io.sluice.storage.UploadListing;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadQuery;
import io.sluice.storage.UploadRef;
import io.sluice.storage.encryption.KeyWrapping;
import io.sluice.storage.local.blob.StoredBody;
import io.sluice.storage.local.index.Extent;
import io.sluice.storage.local.index.IndexBatch;
import io.sluice.storage.local.index.IndexKeys;
import io.sluice.storage.local.index.OpaqueIds;
import io.sluice.storage.local.index.PartRecord;
import io.sluice.storage.local.index.Place;
import io.sluice.storage.local.index.UploadRecord;
import io.sluice.storage.local.index.VersionRecord;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Multipart uploads of the local store. Thread-safe. */
final class LocalMultipartStore implements MultipartStore {
  private final LocalEngine engine;
  private final UploadIndex uploads;
  private final UploadCompletion completion;
  private final LocalCopies copies;

  LocalMultipartStore(LocalEngine engine, UploadIndex uploads, long minPartSizeBytes) {
    this.engine = engine;
    this.uploads = uploads;
    this.completion = new UploadCompletion(engine, uploads, minPartSizeBytes);
    this.copies = new LocalCopies(engine);
  }

  @Override
  public UploadInfo create(ObjectRef target, UploadOptions options) throws IOException {
    Place early = engine.buckets().place(target);
    engine.admission().space().require();
    try (KeyLocks.Held held = engine.locks().key(early)) {
      IndexBatch batch = engine.batch(held);
      Place place = engine.buckets().place(target);
      long sequence = engine.sequences().next();
      UploadInfo info =
          new UploadInfo(
              target.key(),
              OpaqueIds.encode(sequence),
              LocalEngine.now(),
              options.object().ownerId(),
              options.object().metadata(),
              options.checksumAlgorithm(),
              options.checksumType(),
              KeyWrapping.encryptionOf(options.object().wrapping()));
      uploads.put(batch, place, new UploadRecord(sequence, info, options.object().documents()));
      engine.commit(batch, null);
      return info;
    }
  }

  @Override
  public UploadInfo head(UploadRef upload) throws IOException {
    return uploads.require(place(upload), upload).info();
  }

  private Place place(UploadRef upload) {
    return engine.buckets().place(upload.bucket(), upload.key());
  }

  @Override
  public PartInfo uploadPart(UploadRef upload, int partNumber, Payload payload) throws IOException {
    return uploadPart(upload, partNumber, payload, null);
  }

  @Override
  public PartInfo uploadPart(
      UploadRef upload, int partNumber, Payload payload, @Nullable KeyWrapping wrapping)
      throws IOException {
    Place early = place(upload);
    uploads.require(early, upload);
    long uploadSequence = UploadIndex.sequence(upload);
    engine
        .admission()
        .check(
            early.bucket(),
            Usage.ofPart(payload.lengthBytes().orElse(0)),
            () -> uploads.replacedPart(uploadSequence, partNumber));
    try (StoredBody body = engine.intake().read(payload, wrapping);
        KeyLocks.Held held = engine.locks().part(early, uploadSequence, partNumber)) {
      IndexBatch batch = engine.batch(held);
      uploads.require(place(upload), upload);
      PartInfo info =
          new PartInfo(
              partNumber,
              body.sizeBytes(),
              KeyWrapping.tag(wrapping, payload.etag()),
              LocalEngine.now(),
              payload.checksums());
      long sequence = engine.sequences().next();
      PartRecord part = new PartRecord(sequence, info, body.addTo(batch, sequence));
      uploads.putPart(batch, early, uploadSequence, part);
      engine.commit(batch, body);
      return info;
    }
  }

  @Override
  public PartInfo copyPart(UploadRef upload, int partNumber, PartSource source) throws IOException {
    Place early = place(upload);
    UploadRecord record = uploads.require(early, upload);
    engine.admission().space().require();
    Place from = engine.buckets().place(source.object());
    VersionReader.Opened opened =
        engine
            .reader()
            .open(
                from,
                source.object().versionId(),
                (located, parts) -> {
                  VersionRecord version = located.version();
                  source.keys().admit(version.encryption());
                  LocalCopies.check(source.conditions(), located.info(from));
                  return VersionReader.clip(
                      VersionReader.extents(version, parts),
                      LocalCopies.range(source.range(), version.sizeBytes()));
                });
    try (OpenVersion version = opened.version();
        LocalCopies.Taken taken = new LocalCopies.Taken(source.wrapping())) {
      version.unlock(source.keys(), opened.extents());
      copies.take(taken, version, opened.extents());
      PartInfo info = copiedPart(partNumber, opened, record.info(), taken);
      try (KeyLocks.Held held = engine.locks().part(early, record.sequence(), partNumber)) {
        IndexBatch batch = engine.batch(held);
        uploads.require(place(upload), upload);
        long sequence = engine.sequences().next();
        List<Extent> extents = copies.addTo(batch, version, opened.extents(), taken, sequence);
        uploads.putPart(batch, early, record.sequence(), new PartRecord(sequence, info, extents));
        engine.commitAll(batch, taken.bodies());
        return info;
      }
    }
  }

  /**
   * A copied part's description. The tag of a whole simple object is taken over. For others it
   * stands for the bytes without being their MD5, since those are not read: clients may not take a
   * tag for more than a name.
   */
  private PartInfo copiedPart(
      int partNumber, VersionReader.Opened opened, UploadInfo upload, LocalCopies.Taken taken)
      throws IOException {
    VersionRecord source = opened.version().version();
    long size = opened.extents().stream().mapToLong(Extent::length).sum();
    boolean whole = size == source.sizeBytes() && source.partCount() == 0;
    ETag etag = taken.md5();
    if (etag == null) {
      etag = whole ? source.etag() : derivedTag(source, opened.extents());
    }
    ChecksumAlgorithm wanted = upload.checksumAlgorithm();
    List<Checksum> checksums =
        whole
            ? source.checksums().stream()
                .filter(checksum -> checksum.type() == ChecksumType.FULL_OBJECT)
                .filter(checksum -> wanted == null || checksum.algorithm() == wanted)
                .toList()
            : List.of();
    if (wanted != null && checksums.isEmpty()) {
      checksums = List.of(copies.compute(opened, wanted));
    }
    return new PartInfo(partNumber, size, taken.tag(etag), LocalEngine.now(), checksums);
  }

  private static ETag derivedTag(VersionRecord source, List<Extent> extents) {
    MessageDigest md5 = ChecksumDigest.messageDigest("MD5");
    md5.update(IndexKeys.utf8(source.etag().value()));
    md5.update(IndexKeys.id(source.sequence()));
    for (Extent extent : extents) {
      md5.update(IndexKeys.id(extent.id()));
      md5.update(IndexKeys.id(extent.offset()));
      md5.update(IndexKeys.id(extent.length()));
    }
    return new ETag(HexFormat.of().formatHex(md5.digest()));
  }

  @Override
  public ObjectInfo complete(UploadRef upload, CompleteOptions options) throws IOException {
    return completion.complete(upload, options);
  }

  @Override
  public void abort(UploadRef upload) throws IOException {
    Place early = place(upload);
    try (KeyLocks.Held held = engine.locks().upload(early, UploadIndex.sequence(upload))) {
      IndexBatch batch = engine.batch(held);
      Place place = place(upload);
      uploads.drop(batch, place, uploads.require(place, upload).sequence());
      engine.commit(batch, null);
    }
  }

  @Override
  public List<PartInfo> listParts(UploadRef upload, int after, int limit) throws IOException {
    long sequence = uploads.require(place(upload), upload).sequence();
    return uploads.parts(sequence, after, limit).values().stream().map(PartRecord::info).toList();
  }

  @Override
  public UploadListing list(BucketName bucket, UploadQuery query) throws IOException {
    return new UploadsListing(engine.buckets().require(bucket), query).page(engine.database());
  }
}
