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
import io.sluice.model.encryption.Encryption;
import io.sluice.storage.encryption.Envelope;
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

  /** A record of something encrypted, which has more; a store that knows none refuses it. */
  private static final int ENCRYPTED = 2;

  private static final int BUCKET_KEY = 1;
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
    RecordWriter out = new RecordWriter(formatOf(version));
    writeVersion(out, version);
    return out.toBytes();
  }

  public static VersionRecord version(byte[] bytes) {
    return readVersion(new RecordReader(bytes, ENCRYPTED));
  }

  private static int formatOf(VersionRecord version) {
    return version.encryption() == null ? formatOf(version.extents()) : ENCRYPTED;
  }

  private static int formatOf(List<Extent> extents) {
    return extents.stream().allMatch(extent -> extent.envelope() == null) ? VERSION : ENCRYPTED;
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
    if (out.version() >= ENCRYPTED) {
      writeEncryption(out, version.encryption());
    }
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
        readExtents(in),
        in.version() >= ENCRYPTED ? readEncryption(in) : null);
  }

  public static byte[] encode(PartRecord part) {
    RecordWriter out = new RecordWriter(formatOf(part.extents()));
    writePart(out, part);
    return out.toBytes();
  }

  public static PartRecord part(byte[] bytes) {
    return readPart(new RecordReader(bytes, ENCRYPTED));
  }

  public static byte[] encodeManifest(List<PartRecord> parts) {
    boolean plain = parts.stream().allMatch(part -> formatOf(part.extents()) == VERSION);
    RecordWriter out = new RecordWriter(plain ? VERSION : ENCRYPTED).number(parts.size());
    for (PartRecord part : parts) {
      writePart(out, part);
    }
    return out.toBytes();
  }

  public static List<PartRecord> manifest(byte[] bytes) {
    RecordReader in = new RecordReader(bytes, ENCRYPTED);
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
        new RecordWriter(info.encryption() == null ? VERSION : ENCRYPTED)
            .fixed(upload.sequence())
            .text(info.key().value())
            .number(info.initiatedAt().toEpochMilli())
            .text(info.ownerId())
            .text(algorithm == null ? "" : algorithm.wireName())
            .text(type == null ? "" : type.name());
    writeMetadata(out, info.metadata());
    out.number(upload.documents().size());
    upload.documents().forEach((name, document) -> out.text(name).bytes(document));
    if (out.version() >= ENCRYPTED) {
      writeEncryption(out, info.encryption());
    }
    return out.toBytes();
  }

  public static UploadRecord upload(byte[] bytes) {
    RecordReader in = new RecordReader(bytes, ENCRYPTED);
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
            type.isEmpty() ? null : ChecksumType.valueOf(type),
            in.version() >= ENCRYPTED ? readEncryption(in) : null);
    return new UploadRecord(sequence, info, documents);
  }

  public static byte[] encode(CompletedRecord completed) {
    RecordWriter out =
        new RecordWriter(formatOf(completed.version()))
            .number(completed.bucketId())
            .text(completed.key())
            .bytes(completed.listDigest())
            .number(completed.completedAt().toEpochMilli());
    writeVersion(out, completed.version());
    return out.toBytes();
  }

  public static CompletedRecord completed(byte[] bytes) {
    RecordReader in = new RecordReader(bytes, ENCRYPTED);
    int bucketId = in.count();
    String key = in.text();
    byte[] digest = in.bytes();
    Instant completedAt = Instant.ofEpochMilli(in.number());
    return new CompletedRecord(bucketId, key, digest, completedAt, readVersion(in));
  }

  public static byte[] encode(BlobRecord blob) {
    ByteBuffer crcs = ByteBuffer.allocate(blob.blockCrcs().length * Integer.BYTES);
    crcs.asIntBuffer().put(blob.blockCrcs());
    boolean plain = blob.blockTags().length == 0;
    RecordWriter out =
        new RecordWriter(plain ? VERSION : ENCRYPTED).number(blob.sizeBytes()).bytes(crcs.array());
    return (plain ? out : out.bytes(blob.blockTags())).toBytes();
  }

  public static BlobRecord blob(byte[] bytes) {
    RecordReader in = new RecordReader(bytes, ENCRYPTED);
    long size = in.number();
    ByteBuffer crcs = ByteBuffer.wrap(in.bytes());
    int[] blockCrcs = new int[crcs.remaining() / Integer.BYTES];
    crcs.asIntBuffer().get(blockCrcs);
    return new BlobRecord(size, blockCrcs, in.version() >= ENCRYPTED ? in.bytes() : new byte[0]);
  }

  private static void writeEncryption(RecordWriter out, @Nullable Encryption encryption) {
    if (encryption == null) {
      out.text("");
      return;
    }
    out.text(encryption.kind().name())
        .text(encryption.key())
        .text(encryption.context())
        .number(encryption.bucketKey() ? BUCKET_KEY : 0);
  }

  private static @Nullable Encryption readEncryption(RecordReader in) {
    String kind = in.text();
    if (kind.isEmpty()) {
      return null;
    }
    String key = in.text();
    String context = in.text();
    return new Encryption(
        Encryption.Kind.valueOf(kind), key, context, (in.number() & BUCKET_KEY) != 0);
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
      if (out.version() >= ENCRYPTED) {
        Envelope envelope = extent.envelope();
        out.bytes(envelope == null ? new byte[0] : envelope.toBytes());
      }
    }
  }

  private static List<Extent> readExtents(RecordReader in) {
    int count = in.count();
    List<Extent> extents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long id = in.fixed();
      long offset = in.number();
      long length = in.number();
      byte[] envelope = in.version() >= ENCRYPTED ? in.bytes() : new byte[0];
      extents.add(
          new Extent(id, offset, length, envelope.length == 0 ? null : new Envelope(envelope)));
    }
    return extents;
  }
}
