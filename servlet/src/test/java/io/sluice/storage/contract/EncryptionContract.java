package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ByteRange;
import io.sluice.model.ETag;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.UploadInfo;
import io.sluice.model.Versioning;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.CompleteOptions.CompletedPart;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.PartSource;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadRef;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.memory.BytesPayload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of encrypted objects: the same as of others, but for some tags. */
public abstract class EncryptionContract extends ContractFixture {
  private static final int RANGES = 40;

  protected static WriteOptions sealed(@Nullable TestKeys keys) {
    return new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, OWNER, keys);
  }

  protected ObjectInfo put(String key, byte[] body, @Nullable TestKeys keys) throws IOException {
    return storage.objects().put(ref(key), sealed(keys), BytesPayload.of(body));
  }

  private static KeyUnwrapping reading(@Nullable TestKeys keys) {
    return keys == null ? KeyUnwrapping.NONE : keys;
  }

  protected byte[] read(String key, @Nullable TestKeys keys) throws IOException {
    return read(ref(key), ReadOptions.ALL.with(reading(keys)));
  }

  protected ObjectInfo copy(
      String from, @Nullable TestKeys fromKeys, String to, @Nullable TestKeys toKeys)
      throws IOException {
    CopyOptions options =
        new CopyOptions(
                Preconditions.NONE, null, Set.of(), Map.of(), Preconditions.NONE, OWNER, null)
            .withEncryption(reading(fromKeys), toKeys);
    return storage.objects().copy(ref(from), ref(to), options);
  }

  private static ETag md5(byte[] bytes) {
    return new ETag(BytesPayload.md5Hex(bytes));
  }

  /** Compares everything, and ranges that begin and end anywhere. */
  private void assertReads(String key, byte[] expected, @Nullable TestKeys keys)
      throws IOException {
    assertThat(read(key, keys)).isEqualTo(expected);
    assertThat(head(key).sizeBytes()).isEqualTo(expected.length);
    Random random = new Random(expected.length);
    for (int i = 0; i < RANGES && expected.length > 0; i++) {
      int first = random.nextInt(expected.length);
      int last = first + random.nextInt(expected.length - first);
      ByteRange range = ByteRange.parse("bytes=" + first + "-" + last).orElseThrow();
      ReadOptions options = new ReadOptions(range, null, Preconditions.NONE).with(reading(keys));
      assertThat(read(ref(key), options))
          .isEqualTo(java.util.Arrays.copyOfRange(expected, first, last + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 40_000, 131_071, 131_072, 131_073, 262_144, LARGE})
  void whatIsEncryptedIsReadAsItWas(int size) throws IOException {
    byte[] body = random(size, size);
    ObjectInfo info = put("k", body, TestKeys.SERVER);

    assertReads("k", body, TestKeys.SERVER);
    assertThat(info.etag()).isEqualTo(md5(body));
    assertThat(head("k").encryption()).isEqualTo(TestKeys.SERVER.encryption());
    assertThat(list("", null, null, 10).objects().get(0).sizeBytes()).isEqualTo(size);
  }

  @Test
  void aTagTellsNothingOfWhatKmsEncrypts() throws IOException {
    byte[] body = random(LARGE, 1);
    ObjectInfo info = put("k", body, TestKeys.KMS);

    assertThat(info.etag()).isNotEqualTo(md5(body));
    assertThat(info.etag().value()).matches("[0-9a-f]{32}");
    assertThat(head("k").etag()).isEqualTo(info.etag());
    assertThat(head("k").encryption()).isEqualTo(TestKeys.KMS.encryption());
    assertReads("k", body, TestKeys.KMS);
  }

  @Test
  void copiesGoFromEveryKeyToEvery() throws IOException {
    List<@Nullable TestKeys> all = new ArrayList<>();
    all.add(null);
    all.add(TestKeys.SERVER);
    all.add(TestKeys.KMS);
    for (int size : new int[] {0, 700, LARGE}) {
      byte[] body = random(size, size + 1);
      for (TestKeys from : all) {
        put("from", body, from);
        for (TestKeys to : all) {
          ObjectInfo copy = copy("from", from, "to", to);

          assertReads("to", body, to);
          assertThat(copy.encryption()).isEqualTo(to == null ? null : to.encryption());
          if (to == TestKeys.KMS) {
            assertThat(copy.etag()).isNotEqualTo(md5(body));
          } else {
            assertThat(copy.etag()).isEqualTo(md5(body));
          }
        }
      }
    }
  }

  private UploadRef begin(@Nullable TestKeys keys) throws IOException {
    UploadInfo info =
        storage.uploads().create(ref("multi"), new UploadOptions(sealed(keys), null, null));
    assertThat(info.encryption()).isEqualTo(keys == null ? null : keys.encryption());
    UploadRef upload = upload("multi", info.uploadId());
    assertThat(storage.uploads().head(upload)).isEqualTo(info);
    return upload;
  }

  private PartInfo part(UploadRef upload, int number, byte[] body, @Nullable TestKeys keys)
      throws IOException {
    return storage.uploads().uploadPart(upload, number, BytesPayload.of(body), keys);
  }

  private ObjectInfo complete(UploadRef upload, PartInfo... parts) throws IOException {
    List<CompletedPart> listed = new ArrayList<>();
    for (PartInfo part : parts) {
      listed.add(new CompletedPart(part.partNumber(), part.etag(), List.of()));
    }
    return storage
        .uploads()
        .complete(upload, new CompleteOptions(listed, Preconditions.NONE, null, null));
  }

  protected static byte[] join(byte[]... pieces) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  @Test
  void partsAreEncryptedEachByItself() throws IOException {
    byte[] first = random(LARGE, 2);
    byte[] second = random(500, 3);
    byte[] third = random(140_000, 4);
    UploadRef upload = begin(TestKeys.KMS);
    PartInfo one = part(upload, 1, first, TestKeys.KMS);
    PartInfo two = part(upload, 2, second, TestKeys.KMS);
    PartInfo three = part(upload, 5, third, TestKeys.KMS);
    assertThat(one.etag()).isNotEqualTo(md5(first));

    ObjectInfo info = complete(upload, one, two, three);

    assertThat(info.etag().value()).endsWith("-3");
    assertThat(info.encryption()).isEqualTo(TestKeys.KMS.encryption());
    byte[] body = join(first, second, third);
    assertReads("multi", body, TestKeys.KMS);
    ReadOptions ofPart = new ReadOptions(null, 5, Preconditions.NONE).with(TestKeys.KMS);
    assertThat(read(ref("multi"), ofPart)).isEqualTo(third);
    for (TestKeys to : new TestKeys[] {TestKeys.SERVER, TestKeys.KMS, null}) {
      ObjectInfo copy = copy("multi", TestKeys.KMS, "copy", to);
      assertReads("copy", body, to);
      assertThat(copy.partCount()).isEqualTo(info.partCount());
    }
    copy("copy", null, "back", TestKeys.SERVER);
    assertReads("back", body, TestKeys.SERVER);
  }

  @Test
  void partsAreCopiedFromEveryKeyToEvery() throws IOException {
    byte[] large = random(LARGE, 5);
    byte[] small = random(900, 6);
    put("large", large, TestKeys.SERVER);
    put("small", small, TestKeys.KMS);
    put("plain", large, null);
    for (TestKeys to : new TestKeys[] {TestKeys.SERVER, TestKeys.KMS, null}) {
      UploadRef upload = begin(to);
      PartInfo one = copyPart(upload, 1, from("large", 1000, 200_000, TestKeys.SERVER, to));
      PartInfo two = copyPart(upload, 2, from("small", 100, 599, TestKeys.KMS, to));
      PartInfo three = copyPart(upload, 3, from("small", 0, 899, TestKeys.KMS, to));
      PartInfo four = copyPart(upload, 4, from("plain", 7, 131_100, null, to));

      complete(upload, one, two, three, four);

      byte[] body =
          join(
              java.util.Arrays.copyOfRange(large, 1000, 200_001),
              java.util.Arrays.copyOfRange(small, 100, 600),
              small,
              java.util.Arrays.copyOfRange(large, 7, 131_101));
      assertReads("multi", body, to);
    }
  }

  private PartSource from(
      String key, long first, long last, @Nullable TestKeys keys, @Nullable TestKeys to) {
    ByteRange.FromTo range = new ByteRange.FromTo(first, last);
    return new PartSource(ref(key), range, Preconditions.NONE, reading(keys), to);
  }

  private PartInfo copyPart(UploadRef upload, int number, PartSource source) throws IOException {
    return storage.uploads().copyPart(upload, number, source);
  }

  @Test
  void eachVersionHasItsOwn() throws IOException {
    versioning(Versioning.ENABLED);
    byte[] body = random(LARGE, 7);
    String old = String.valueOf(put("k", body, TestKeys.SERVER).version().id());
    put("k", random(20, 8), null);

    assertThat(read(ref("k", old), ReadOptions.ALL.with(TestKeys.SERVER))).isEqualTo(body);
    assertThat(head("k").encryption()).isNull();
  }

  @Test
  void aStorageClassChangesWithoutTheKeys() throws IOException {
    byte[] body = random(LARGE, 3);
    put("k", body, TestKeys.KMS);
    storage.objects().setStorageClass(ref("k"), "GLACIER", VersionGuard.NONE);

    assertThat(head("k").encryption()).isEqualTo(TestKeys.KMS.encryption());
    assertReads("k", body, TestKeys.KMS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, LARGE})
  void keysAreWrappedByOthersWithNothingElse(int size) throws IOException {
    versioning(Versioning.ENABLED);
    byte[] body = random(size, size);
    ObjectInfo before = put("k", body, TestKeys.SERVER);
    copy("k", TestKeys.SERVER, "copy", TestKeys.SERVER);
    put("k", random(5, 5), TestKeys.SERVER);
    ObjectRef old = ref("k", Objects.requireNonNull(before.version().id()));

    ObjectInfo after =
        storage.objects().setEncryption(old, TestKeys.SERVER, TestKeys.KMS, VersionGuard.NONE);

    assertThat(after.encryption()).isEqualTo(TestKeys.KMS.encryption());
    assertThat(after.etag()).isEqualTo(before.etag());
    assertThat(after.modifiedAt()).isEqualTo(before.modifiedAt());
    assertThat(storage.objects().head(old, ReadOptions.ALL)).isEqualTo(after);
    assertThat(read(old, ReadOptions.ALL.with(TestKeys.KMS))).isEqualTo(body);
    assertReads("copy", body, TestKeys.SERVER);
    assertThat(head("k").encryption()).isEqualTo(TestKeys.SERVER.encryption());
  }

  @Test
  void whatIsNotEncryptedHasNoKeysToWrap() throws IOException {
    put("k", random(10, 1), null);
    fails(
        S3ErrorCode.INVALID_REQUEST,
        () ->
            storage
                .objects()
                .setEncryption(ref("k"), TestKeys.SERVER, TestKeys.KMS, VersionGuard.NONE));
  }
}
