package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.Preconditions;
import io.sluice.model.VersionQuery;
import io.sluice.model.Versioning;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.option.RenameOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that get another key, or grow. */
public abstract class EditContract extends ContractFixture {
  private static RenameOptions renaming(Preconditions target, @Nullable String token) {
    return new RenameOptions(Preconditions.NONE, target, OWNER, token);
  }

  private void rename(String from, String to) throws IOException {
    storage.objects().rename(ref(from), new ObjectKey(to), renaming(Preconditions.NONE, null));
  }

  private ObjectInfo append(String key, long offset, byte[] body) throws IOException {
    return storage.objects().append(ref(key), offset, write(), crc(body));
  }

  private static BytesPayload crc(byte[] body) {
    return BytesPayload.of(
        body, List.of(ChecksumDigest.checksum(ChecksumAlgorithm.CRC64NVME, body)));
  }

  private ObjectInfo putDescribed(String key, byte[] body) throws IOException {
    return storage
        .objects()
        .put(
            ref(key),
            new WriteOptions(
                new ObjectMetadata(Map.of(), Map.of("color", "grün")),
                Map.of("tagging", new byte[] {1}),
                Preconditions.NONE,
                OWNER),
            crc(body));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, LARGE})
  void aRenamedObjectIsTheSameUnderItsNewKey(int size) throws IOException {
    byte[] body = random(size, 1);
    ObjectInfo before = putDescribed("old", body);
    rename("old", "new");
    ObjectInfo after = head("new");
    assertThat(after.etag()).isEqualTo(before.etag());
    assertThat(after.modifiedAt()).isEqualTo(before.modifiedAt());
    assertThat(after.metadata()).isEqualTo(before.metadata());
    assertThat(after.checksums()).isEqualTo(before.checksums());
    assertThat(storage.objects().document(ref("new"), "tagging")).contains(new byte[] {1});
    assertThat(read(ref("new"), ReadOptions.ALL)).isEqualTo(body);
    fails(S3ErrorCode.NO_SUCH_KEY, () -> head("old"));
    assertThat(keys(list("", null, null, 10))).containsExactly("new");
  }

  @Test
  void aRenamedMultipartObjectKeepsItsParts() throws IOException {
    byte[] first = random(LARGE, 1);
    byte[] second = random(50, 2);
    String id =
        storage.uploads().create(ref("old"), new UploadOptions(write(), null, null)).uploadId();
    var one = storage.uploads().uploadPart(upload("old", id), 1, BytesPayload.of(first));
    var two = storage.uploads().uploadPart(upload("old", id), 2, BytesPayload.of(second));
    storage
        .uploads()
        .complete(
            upload("old", id),
            new CompleteOptions(
                List.of(
                    new CompleteOptions.CompletedPart(1, one.etag(), List.of()),
                    new CompleteOptions.CompletedPart(2, two.etag(), List.of())),
                Preconditions.NONE,
                null,
                null));
    rename("old", "new");
    assertThat(storage.objects().parts(ref("new"), 0, 10)).hasSize(2);
    assertThat(read(ref("new"), new ReadOptions(null, 2, Preconditions.NONE))).isEqualTo(second);
    assertThat(read(ref("new"), ReadOptions.ALL)).hasSize(LARGE + 50);
  }

  @Test
  void renamingOverwritesUnlessTheConditionsForbidIt() throws IOException {
    put("old", "of old");
    put("new", "of new");
    fails(
        S3ErrorCode.PRECONDITION_FAILED,
        () ->
            storage
                .objects()
                .rename(ref("old"), new ObjectKey("new"), renaming(ifNoneMatch("*"), null)));
    fails(
        S3ErrorCode.PRECONDITION_FAILED,
        () ->
            storage
                .objects()
                .rename(
                    ref("old"),
                    new ObjectKey("new"),
                    new RenameOptions(ifMatch("other"), Preconditions.NONE, OWNER, null)));
    assertThat(text("old")).isEqualTo("of old");
    assertThat(text("new")).isEqualTo("of new");
    rename("old", "new");
    assertThat(text("new")).isEqualTo("of old");
    assertThat(storage.buckets().usage(bucket).objects()).isEqualTo(1);
    assertThat(storage.buckets().usage(bucket)).isEqualTo(storage.buckets().recount(bucket));
  }

  @Test
  void whatCannotBeRenamedIsRefused() throws IOException {
    put("k", "x");
    fails(S3ErrorCode.INVALID_REQUEST, () -> rename("k", "k"));
    fails(S3ErrorCode.NO_SUCH_KEY, () -> rename("absent", "k"));
    assertThat(text("k")).isEqualTo("x");
  }

  @Test
  void aClientTokenMakesARenameHappenOnce() throws IOException {
    put("old", "first");
    RenameOptions options = renaming(Preconditions.NONE, "token");
    storage.objects().rename(ref("old"), new ObjectKey("new"), options);
    put("old", "second");
    storage.objects().rename(ref("old"), new ObjectKey("new"), options);
    assertThat(text("old")).isEqualTo("second");
    assertThat(text("new")).isEqualTo("first");
    fails(
        S3ErrorCode.IDEMPOTENCY_PARAMETER_MISMATCH,
        () -> storage.objects().rename(ref("old"), new ObjectKey("other"), options));
  }

  @ParameterizedTest
  @EnumSource(
      value = Versioning.class,
      names = {"ENABLED", "SUSPENDED"})
  void whereVersionsAreKeptADeleteMarkerStays(Versioning state) throws IOException {
    versioning(Versioning.ENABLED);
    ObjectInfo before = put("old", "x");
    versioning(state);
    rename("old", "new");
    assertThat(text("new")).isEqualTo("x");
    fails(S3ErrorCode.NO_SUCH_KEY, () -> head("old"));
    assertThat(text("old", before.version().id())).isEqualTo("x");
    assertThat(
            storage
                .objects()
                .listVersions(bucket, new VersionQuery("", null, null, null, 10))
                .versions())
        .hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Versioning.class)
  void anObjectGrows(Versioning state) throws IOException {
    if (state != Versioning.UNVERSIONED) {
      versioning(state);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] first = random(LARGE, 1);
    putDescribed("k", first);
    whole.writeBytes(first);
    for (int size : List.of(10, LARGE, 1, 0, 40_000)) {
      byte[] more = random(size, size);
      ObjectInfo longer = append("k", whole.size(), more);
      whole.writeBytes(more);
      assertThat(longer.sizeBytes()).isEqualTo(whole.size());
      assertThat(longer).isEqualTo(head("k"));
    }
    ObjectInfo info = head("k");
    assertThat(read(ref("k"), ReadOptions.ALL)).isEqualTo(whole.toByteArray());
    assertThat(info.metadata().user()).containsEntry("color", "grün");
    assertThat(info.etag().value()).endsWith("-6");
    assertThat(info.checksums())
        .containsExactly(ChecksumDigest.checksum(ChecksumAlgorithm.CRC64NVME, whole.toByteArray()));
    assertThat(storage.objects().document(ref("k"), "tagging")).contains(new byte[] {1});
    assertThat(storage.objects().parts(ref("k"), 0, 10)).hasSize(6);
    assertThat(storage.buckets().usage(bucket)).isEqualTo(storage.buckets().recount(bucket));
    assertThat(storage.buckets().usage(bucket).objects())
        .isEqualTo(state == Versioning.ENABLED ? 6 : 1);
    delete("k");
    fails(S3ErrorCode.NO_SUCH_KEY, () -> head("k"));
  }

  @Test
  void appendingAtZeroMakesAnObject() throws IOException {
    ObjectInfo made = append("k", 0, "abc".getBytes(StandardCharsets.UTF_8));
    assertThat(made.partCount()).isZero();
    assertThat(made.etag().value()).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
    assertThat(text("k")).isEqualTo("abc");
  }

  @Test
  void anEmptyObjectGrows() throws IOException {
    putDescribed("k", new byte[0]);
    append("k", 0, "abc".getBytes(StandardCharsets.UTF_8));
    assertThat(text("k")).isEqualTo("abc");
    Checksum expected =
        ChecksumDigest.checksum(
            ChecksumAlgorithm.CRC64NVME, "abc".getBytes(StandardCharsets.UTF_8));
    assertThat(head("k").checksums()).containsExactly(expected);
  }

  @Test
  void anotherOffsetThanTheSizeIsRefused() throws IOException {
    put("k", "abc");
    for (long offset : new long[] {0, 2, 4}) {
      fails(S3ErrorCode.INVALID_WRITE_OFFSET, () -> append("k", offset, new byte[] {1}));
    }
    fails(S3ErrorCode.INVALID_WRITE_OFFSET, () -> append("absent", 1, new byte[] {1}));
    assertThat(text("k")).isEqualTo("abc");
  }

  @Test
  void whatFailsAtItsEndDoesNotGrow() throws IOException {
    put("k", "abc");
    IOException cut = new IOException("cut");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                storage
                    .objects()
                    .append(ref("k"), 3, write(), BytesPayload.failingAtEnd(random(LARGE, 1), cut)))
        .isSameAs(cut);
    fails(
        S3ErrorCode.PRECONDITION_FAILED,
        () -> storage.objects().append(ref("k"), 3, write(ifMatch("x")), BytesPayload.of("d")));
    assertThat(text("k")).isEqualTo("abc");
  }
}
