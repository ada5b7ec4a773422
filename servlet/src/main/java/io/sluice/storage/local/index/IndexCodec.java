package io.sluice.storage.local.index;

import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ChecksumType;
import io.sluice.model.ETag;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.PartInfo;
import io.sluice.model.UploadInfo;
import io.sluice.model.Versioning;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of the index as bytes, each behind a version byte. Enumerations are written as fixed
 * codes or names, never by their ordinal. Pinned by golden tests. Stateless, thread-safe.
 */
public final class IndexCodec {
  private static final int VERSION = 1;
  private static final int NULL_VERSION = 1;
  private static final int DELETE_MARKER = 2;
  private static final int DOCUMENTS = 4;

  private IndexCodec() {}

  public static byte[] encode(BucketRecord bucket) {
    BucketInfo info = bucket.info();
    return new RecordWriter(VERSION)
        .number(bucket.id())
        .text(info.name().value())
        .number(info.createdAt().toEpochMilli())
        .text(info.region())
        .text(info.ownerId())
        .text(info.versioning().name())
        .text(info.provider())
        .toBytes();
  }

  public static BucketRecord bucket(byte[] bytes) {
    RecordReader in = new RecordReader(bytes, VERSION);
    int id = in.count();
    BucketName name = new BucketName(in.text());
    Instant createdAt = Instant.ofEpochMilli(in.number());
    String region = in.text();
    String ownerId = in.text();
    Versioning versioning = Versioning.valueOf(in.text());
    return new BucketRecord(
        id, new BucketInfo(name, createdAt, region, ownerId, versioning, in.text()));
  }

  public static byte[] encode(VersionRecord version) {
    RecordWriter out = new RecordWriter(VERSION);
    writeVersion(out, version);
    return out.toBytes();
  }

  public static VersionRecord version(byte[] bytes) {
    return readVersion(new RecordReader(bytes, VERSION));
  }

  private static void writeVersion(RecordWriter out, VersionRecord version) {
    VersionRecord.Flags flags = version.flags();
    out.fixed(version.sequence())
        .number(
            (flags.nullVersion() ? NULL_VERSION : 0)
                | (flags.deleteMarker() ? DELETE_MARKER : 0)
                | (flags.documents() ? DOCUMENTS : 0))
        .number(version.sizeBytes())
        .text(version.etag().value())
        .number(version.modifiedAt().toEpochMilli());
    writeMetadata(out, version.metadata());
    writeChecksums(out, version.checksums());
    out.number(version.partCount()).text(version.ownerId());
    writeExtents(out, version.extents());
  }

  private static VersionRecord readVersion(RecordReader in) {
    long sequence = in.fixed();
    int flags = in.count();
    long size = in.number();
    ETag etag = new ETag(in.text());
    Instant modifiedAt = Instant.ofEpochMilli(in.number());
    ObjectMetadata metadata = readMetadata(in);
    List<Checksum> checksums = readChecksums(in);
    int partCount = in.count();
    String ownerId = in.text();
    return new VersionRecord(
        sequence,
        new VersionRecord.Flags(
            (flags & NULL_VERSION) != 0, (flags & DELETE_MARKER) != 0, (flags & DOCUMENTS) != 0),
        size,
        etag,
        modifiedAt,
        metadata,
        checksums,
        partCount,
        ownerId,
        readExtents(in));
  }

  public static byte[] encode(PartRecord part) {
    RecordWriter out = new RecordWriter(VERSION);
    writePart(out, part);
    return out.toBytes();
  }

  public static PartRecord part(byte[] bytes) {
    return readPart(new RecordReader(bytes, VERSION));
  }

  public static byte[] encodeManifest(List<PartRecord> parts) {
    RecordWriter out = new RecordWriter(VERSION).number(parts.size());
    for (PartRecord part : parts) {
      writePart(out, part);
    }
    return out.toBytes();
  }

  public static List<PartRecord> manifest(byte[] bytes) {
    RecordReader in = new RecordReader(bytes, VERSION);
    int count = in.count();
    List<PartRecord> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(readPart(in));
    }
    return parts;
  }

  private static void writePart(RecordWriter out, PartRecord part) {
    PartInfo info = part.info();
    out.fixed(part.sequence())
        .number(info.partNumber())
        .number(info.sizeBytes())
        .text(info.etag().value())
        .number(info.modifiedAt().toEpochMilli());
    writeChecksums(out, info.checksums());
    writeExtents(out, part.extents());
  }

  private static PartRecord readPart(RecordReader in) {
    long sequence = in.fixed();
    int number = in.count();
    long size = in.number();
    ETag etag = new ETag(in.text());
    Instant modifiedAt = Instant.ofEpochMilli(in.number());
    PartInfo info = new PartInfo(number, size, etag, modifiedAt, readChecksums(in));
    return new PartRecord(sequence, info, readExtents(in));
  }

  public static byte[] encode(UploadRecord upload) {
    UploadInfo info = upload.info();
    ChecksumAlgorithm algorithm = info.checksumAlgorithm();
    ChecksumType type = info.checksumType();
    RecordWriter out =
        new RecordWriter(VERSION)
            .fixed(upload.sequence())
            .text(info.key().value())
            .number(info.initiatedAt().toEpochMilli())
            .text(info.ownerId())
            .text(algorithm == null ? "" : algorithm.wireName())
            .text(type == null ? "" : type.name());
    writeMetadata(out, info.metadata());
    out.number(upload.documents().size());
    upload.documents().forEach((name, document) -> out.text(name).bytes(document));
    return out.toBytes();
  }

  public static UploadRecord upload(byte[] bytes) {
    RecordReader in = new RecordReader(bytes, VERSION);
    long sequence = in.fixed();
    ObjectKey key = new ObjectKey(in.text());
    Instant initiatedAt = Instant.ofEpochMilli(in.number());
    String ownerId = in.text();
    @Nullable ChecksumAlgorithm algorithm = ChecksumAlgorithm.of(in.text()).orElse(null);
    String type = in.text();
    ObjectMetadata metadata = readMetadata(in);
    int count = in.count();
    Map<String, byte[]> documents = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String name = in.text();
      documents.put(name, in.bytes());
    }
    UploadInfo info =
        new UploadInfo(
            key,
            OpaqueIds.encode(sequence),
            initiatedAt,
            ownerId,
            metadata,
            algorithm,
            type.isEmpty() ? null : ChecksumType.valueOf(type));
    return new UploadRecord(sequence, info, documents);
  }

  public static byte[] encode(CompletedRecord completed) {
    RecordWriter out =
        new RecordWriter(VERSION)
            .number(completed.bucketId())
            .text(completed.key())
            .bytes(completed.listDigest())
            .number(completed.completedAt().toEpochMilli());
    writeVersion(out, completed.version());
    return out.toBytes();
  }

  public static CompletedRecord completed(byte[] bytes) {
    RecordReader in = new RecordReader(bytes, VERSION);
    int bucketId = in.count();
    String key = in.text();
    byte[] digest = in.bytes();
    Instant completedAt = Instant.ofEpochMilli(in.number());
    return new CompletedRecord(bucketId, key, digest, completedAt, readVersion(in));
  }

  public static byte[] encode(BlobRecord blob) {
    ByteBuffer crcs = ByteBuffer.allocate(blob.blockCrcs().length * Integer.BYTES);
    crcs.asIntBuffer().put(blob.blockCrcs());
    return new RecordWriter(VERSION).number(blob.sizeBytes()).bytes(crcs.array()).toBytes();
  }

  public static BlobRecord blob(byte[] bytes) {
    RecordReader in = new RecordReader(bytes, VERSION);
    long size = in.number();
    ByteBuffer crcs = ByteBuffer.wrap(in.bytes());
    int[] blockCrcs = new int[crcs.remaining() / Integer.BYTES];
    crcs.asIntBuffer().get(blockCrcs);
    return new BlobRecord(size, blockCrcs);
  }

  private static void writeMetadata(RecordWriter out, ObjectMetadata metadata) {
    out.texts(metadata.system()).texts(metadata.user());
  }

  private static ObjectMetadata readMetadata(RecordReader in) {
    Map<String, String> system = in.texts();
    return new ObjectMetadata(system, in.texts());
  }

  private static void writeChecksums(RecordWriter out, List<Checksum> checksums) {
    out.number(checksums.size());
    for (Checksum checksum : checksums) {
      out.text(checksum.algorithm().wireName())
          .number(checksum.type() == ChecksumType.COMPOSITE ? 1 : 0)
          .text(checksum.value());
    }
  }

  private static List<Checksum> readChecksums(RecordReader in) {
    int count = in.count();
    List<Checksum> checksums = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = in.text();
      ChecksumAlgorithm algorithm =
          ChecksumAlgorithm.of(name)
              .orElseThrow(() -> new IllegalStateException("Unknown checksum " + name));
      ChecksumType type = in.number() == 1 ? ChecksumType.COMPOSITE : ChecksumType.FULL_OBJECT;
      checksums.add(new Checksum(algorithm, type, in.text()));
    }
    return checksums;
  }

  private static void writeExtents(RecordWriter out, List<Extent> extents) {
    out.number(extents.size());
    for (Extent extent : extents) {
      out.fixed(extent.id()).number(extent.offset()).number(extent.length());
    }
  }

  private static List<Extent> readExtents(RecordReader in) {
    int count = in.count();
    List<Extent> extents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long id = in.fixed();
      long offset = in.number();
      extents.add(new Extent(id, offset, in.number()));
    }
    return extents;
  }
}
