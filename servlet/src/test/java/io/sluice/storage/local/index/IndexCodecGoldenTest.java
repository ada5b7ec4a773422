package io.sluice.storage.local.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes on disk. A change here needs a new record version, and a reader of the old one. */
class IndexCodecGoldenTest {
  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);
  private static final Checksum CRC =
      new Checksum(ChecksumAlgorithm.CRC32C, ChecksumType.COMPOSITE, "AAAAAA==-2");
  private static final VersionRecord VERSION =
      new VersionRecord(
          0x1122334455667788L,
          new VersionRecord.Flags(true, false, true),
          300_000,
          new ETag("abc"),
          TIME,
          new ObjectMetadata(Map.of("content-type", "a/b"), Map.of("k", "\u00fc")),
          List.of(CRC),
          2,
          "own",
          List.of(new Extent(0x10001L, 5, 300), new Extent(Extent.inlineId(9), 0, 1)));

  private static void assertHex(byte[] bytes, String... hex) {
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(String.join("", hex));
  }

  @Test
  void buckets() {
    BucketRecord bucket =
        new BucketRecord(
            7,
            new BucketInfo(new BucketName("abc"), TIME, "eu", "own", Versioning.SUSPENDED, "ais"));
    byte[] bytes = IndexCodec.encode(bucket);
    assertHex(
        bytes,
        "01",
        "07",
        "03616263",
        "fbd095ffbc31",
        "026575",
        "036f776e",
        "0953555350454e444544",
        "03616973");
    assertThat(IndexCodec.bucket(bytes)).isEqualTo(bucket);
  }

  @Test
  void versions() {
    byte[] bytes = IndexCodec.encode(VERSION);
    assertHex(
        bytes,
        "01",
        "1122334455667788",
        "05",
        "e0a712",
        "03616263",
        "fbd095ffbc31",
        "01" + "0c636f6e74656e742d74797065" + "03612f62",
        "01" + "016b" + "02c3bc",
        "01" + "06435243333243" + "01" + "0a4141414141413d3d2d32",
        "02",
        "036f776e",
        "02" + "0000000000010001" + "05" + "ac02" + "8000000000000009" + "00" + "01");
    assertThat(IndexCodec.version(bytes)).isEqualTo(VERSION);
  }

  @Test
  void parts() {
    PartRecord part =
        new PartRecord(
            3,
            new PartInfo(10_000, 0, new ETag(""), TIME, List.of()),
            List.of(new Extent(1, 0, 1L << 40)));
    byte[] bytes = IndexCodec.encode(part);
    assertHex(
        bytes,
        "01",
        "0000000000000003",
        "904e",
        "00",
        "00",
        "fbd095ffbc31",
        "00",
        "01",
        "0000000000000001",
        "00",
        "808080808020");
    assertThat(IndexCodec.part(bytes)).isEqualTo(part);
    assertThat(IndexCodec.manifest(IndexCodec.encodeManifest(List.of(part, part))))
        .containsExactly(part, part);
  }

  @Test
  void uploads() {
    UploadInfo info =
        new UploadInfo(
            new ObjectKey("k"),
            OpaqueIds.encode(2),
            TIME,
            "own",
            ObjectMetadata.NONE,
            ChecksumAlgorithm.SHA256,
            ChecksumType.COMPOSITE);
    byte[] bytes = IndexCodec.encode(new UploadRecord(2, info, Map.of("acl", new byte[] {5})));
    assertHex(
        bytes,
        "01",
        "0000000000000002",
        "016b",
        "fbd095ffbc31",
        "036f776e",
        "06534841323536",
        "09434f4d504f53495445",
        "00",
        "00",
        "01",
        "0361636c",
        "0105");
    UploadRecord read = IndexCodec.upload(bytes);
    assertThat(read.info()).isEqualTo(info);
    assertThat(read.documents()).containsOnlyKeys("acl");
  }

  @Test
  void blobs() {
    byte[] bytes = IndexCodec.encode(new BlobRecord(200_000, new int[] {1, -1}));
    assertHex(bytes, "01", "c09a0c", "08", "00000001", "ffffffff");
    assertThat(IndexCodec.blob(bytes).blockCrcs()).containsExactly(1, -1);
  }

  @Test
  void completedUploads() {
    byte[] bytes = IndexCodec.encode(new CompletedRecord(7, "k", new byte[] {1, 2}, TIME, VERSION));
    assertThat(HexFormat.of().formatHex(bytes))
        .startsWith("01" + "07" + "016b" + "020102" + "fbd095ffbc31" + "1122334455667788");
    assertThat(IndexCodec.completed(bytes).version()).isEqualTo(VERSION);
  }

  @Test
  void damagedAndNewerRecordsAreRefused() {
    byte[] bytes = IndexCodec.encode(VERSION);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> IndexCodec.version(cut)).isInstanceOf(IllegalStateException.class);
    }
    bytes[0] = 3;
    assertThatThrownBy(() -> IndexCodec.version(bytes)).hasMessageContaining("unknown version 3");
  }

  @Test
  void keysSortAsTheyShould() {
    byte[] key = "k".getBytes(StandardCharsets.UTF_8);
    assertHex(IndexKeys.object(258, key), "00000102", "6b");
    assertHex(IndexKeys.version(1, key, 2), "00000001", "6b", "00", "fffffffffffffffd");
    assertHex(IndexKeys.upload(1, key, 2), "00000001", "6b", "00", "0000000000000002");
    assertHex(IndexKeys.part(1, 2), "0000000000000001", "00000002");
    assertHex(IndexKeys.reference(1, 2), "0000000000000001", "0000000000000002");
    assertHex(IndexKeys.setting(1, "c"), "73", "00000001", "63");
    byte[] longer = "k\u0001".getBytes(StandardCharsets.UTF_8);
    assertThat(
            Arrays.compareUnsigned(
                IndexKeys.version(1, key, 0), IndexKeys.version(1, longer, Long.MAX_VALUE)))
        .isNegative();
    assertThat(Arrays.compareUnsigned(IndexKeys.version(1, key, 2), IndexKeys.version(1, key, 1)))
        .isNegative();
  }

  @Test
  void opaqueIdsTellTheirSequenceAndNothingElseIsOne() {
    String id = OpaqueIds.encode(77);
    assertThat(id).isEqualTo("000000000004qoiopfg7o7vgg5q9pdlf");
    assertThat(OpaqueIds.decode(id)).hasValue(77);
    assertThat(OpaqueIds.encode(78)).isGreaterThan(id);
    for (int i = 0; i < id.length(); i++) {
      String other = id.substring(0, i) + (id.charAt(i) == '0' ? '1' : '0') + id.substring(i + 1);
      assertThat(OpaqueIds.decode(other)).isEmpty();
    }
    assertThat(OpaqueIds.decode("")).isEmpty();
    assertThat(OpaqueIds.decode(id.toUpperCase(java.util.Locale.ROOT))).isEmpty();
    assertThat(OpaqueIds.decode("\u00fc".repeat(32))).isEmpty();
  }
}
