package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ByteRange;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.Capability;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.DeleteTarget;
import io.sluice.storage.NotModifiedException;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.memory.BytesPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store does with single objects. */
public abstract class ObjectContract extends ContractFixture {
  private static final BucketName ABSENT = new BucketName("absent");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 32_767, 32_768, 32_769, 65_536, 131_072, 131_073, LARGE})
  void bodiesOfEverySizeComeBack(int size) throws IOException {
    byte[] body = random(size, size);
    ObjectInfo written = put("k", body);
    assertThat(written.sizeBytes()).isEqualTo(size);
    assertThat(written.etag().value()).isEqualTo(BytesPayload.md5Hex(body));
    assertThat(read(ref("k"), ReadOptions.ALL)).isEqualTo(body);
    assertSame(head("k"), written);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 32_768, 32_769, LARGE})
  void bodiesOfUnknownLengthComeBack(int size) throws IOException {
    byte[] body = random(size, size);
    storage.objects().put(ref("k"), write(), BytesPayload.ofUnknownLength(body));
    assertThat(read(ref("k"), ReadOptions.ALL)).isEqualTo(body);
  }

  @Test
  void metadataChecksumsAndOwnerAreKept() throws IOException {
    needs(Capability.EXACT_INFORMATION);
    ObjectMetadata metadata =
        new ObjectMetadata(
            Map.of(ObjectMetadata.CONTENT_TYPE, "text/plain"), Map.of("color", "grün"));
    byte[] body = {1, 2, 3};
    Checksum checksum = ChecksumDigest.checksum(ChecksumAlgorithm.CRC32C, body);
    storage
        .objects()
        .put(
            ref("k"),
            new WriteOptions(metadata, Map.of(), Preconditions.NONE, OWNER),
            BytesPayload.of(body, List.of(checksum)));
    ObjectInfo info = head("k");
    assertThat(info.metadata()).isEqualTo(metadata);
    assertThat(info.checksums()).containsExactly(checksum);
    assertThat(info.ownerId()).isEqualTo(OWNER);
    assertThat(info.partCount()).isZero();
    assertThat(info.version().id()).isNull();
    assertThat(info.version().latest()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, LARGE})
  void aBodyThatFailsAtItsEndLeavesTheOldObject(int size) throws IOException {
    put("k", "old");
    for (Exception fault : List.of(new IOException("cut"), S3ErrorCode.BAD_DIGEST.exception())) {
      assertThatThrownBy(
              () ->
                  storage
                      .objects()
                      .put(ref("k"), write(), BytesPayload.failingAtEnd(random(size, 1), fault)))
          .isSameAs(fault);
    }
    assertThat(text("k")).isEqualTo("old");
  }

  @Test
  void overwritingReplacesBodyAndMetadata() throws IOException {
    put("k", random(LARGE, 1));
    put("k", "new");
    assertThat(text("k")).isEqualTo("new");
    put("k", random(LARGE, 2));
    assertThat(read(ref("k"), ReadOptions.ALL)).isEqualTo(random(LARGE, 2));
  }

  @Test
  void anAbsentBucketIsSaidToBeSo() {
    ObjectRef ref = ObjectRef.of(ABSENT, new ObjectKey("k"));
    fails(
        S3ErrorCode.NO_SUCH_BUCKET,
        () -> storage.objects().put(ref, write(), BytesPayload.of("x")));
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> storage.objects().get(ref, ReadOptions.ALL));
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> storage.objects().head(ref, ReadOptions.ALL));
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> storage.objects().delete(ref, deletion()));
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> storage.objects().deleteAll(ABSENT, List.of()));
  }

  @Test
  void anAbsentKeyIsSaidToBeSo() {
    fails(S3ErrorCode.NO_SUCH_KEY, () -> storage.objects().get(ref("k"), ReadOptions.ALL));
    fails(S3ErrorCode.NO_SUCH_KEY, () -> head("k"));
    fails(S3ErrorCode.NO_SUCH_KEY, () -> storage.objects().document(ref("k"), "tagging"));
    fails(S3ErrorCode.NO_SUCH_KEY, () -> storage.objects().parts(ref("k"), 0, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a/b",
        "//",
        "/x",
        ".",
        "..",
        ";",
        "%",
        "%2F",
        "+",
        " ",
        "\\",
        "\"'",
        "\u0001",
        "\uDBFF\uDFFF",
        "ü"
      })
  void keysRoundTripExactly(String key) throws IOException {
    put(key, key);
    assertThat(text(key)).isEqualTo(key);
    assertThat(keys(list("", null, null, 10))).containsExactly(key);
  }

  @Test
  void theLongestKeyIsAKey() throws IOException {
    String key = "k".repeat(longestKeyBytes());
    put(key, "long");
    assertThat(text(key)).isEqualTo("long");
  }

  @Test
  void rangesAreCutOut() throws IOException {
    for (int size : List.of(1000, LARGE)) {
      byte[] body = random(size, 7);
      put("k", body);
      assertRange(body, new ByteRange.FromTo(0, 0), 0, 1);
      assertRange(body, new ByteRange.FromTo(10, 19), 10, 20);
      assertRange(body, new ByteRange.FromTo(900, Long.MAX_VALUE - 1), 900, size);
      assertRange(body, new ByteRange.From(size - 1L), size - 1, size);
      assertRange(body, new ByteRange.Suffix(5), size - 5, size);
      assertRange(body, new ByteRange.Suffix(size * 2L), 0, size);
    }
  }

  private void assertRange(byte[] body, ByteRange range, int from, int to) throws IOException {
    ReadOptions options = new ReadOptions(range, null, Preconditions.NONE);
    assertThat(read(ref("k"), options)).isEqualTo(Arrays.copyOfRange(body, from, to));
    try (ObjectContent content = storage.objects().get(ref("k"), options)) {
      assertThat(content.range()).isEqualTo(new ByteRange.Resolved(from, (long) to - from));
      assertThat(content.info().sizeBytes()).isEqualTo(body.length);
    }
  }

  @Test
  void rangesAcrossBlocksAreCutOut() throws IOException {
    byte[] body = random(LARGE, 9);
    put("k", body);
    for (int edge : List.of(65_536, 131_072, 262_144)) {
      assertRange(body, new ByteRange.FromTo(edge - 3, edge + 2), edge - 3, edge + 3);
      assertRange(body, new ByteRange.FromTo(edge, edge), edge, edge + 1);
      assertRange(body, new ByteRange.FromTo(edge - 1, edge - 1), edge - 1, edge);
    }
  }

  @Test
  void aRangeOutsideIsInvalid() throws IOException {
    put("k", "12345");
    put("empty", "");
    ReadOptions options = new ReadOptions(new ByteRange.From(5), null, Preconditions.NONE);
    fails(S3ErrorCode.INVALID_RANGE, () -> storage.objects().get(ref("k"), options));
    fails(S3ErrorCode.INVALID_RANGE, () -> storage.objects().head(ref("k"), options));
    ReadOptions first = new ReadOptions(new ByteRange.FromTo(0, 0), null, Preconditions.NONE);
    fails(S3ErrorCode.INVALID_RANGE, () -> storage.objects().get(ref("empty"), first));
  }

  @Test
  void aSimpleObjectHasOnePartNumber() throws IOException {
    put("k", "12345");
    assertThat(read(ref("k"), new ReadOptions(null, 1, Preconditions.NONE))).hasSize(5);
    fails(
        S3ErrorCode.INVALID_PART_NUMBER,
        () -> storage.objects().get(ref("k"), new ReadOptions(null, 2, Preconditions.NONE)));
    assertThat(storage.objects().parts(ref("k"), 0, 10)).isEmpty();
  }

  @Test
  void conditionsOfReadsHold() throws IOException {
    String tag = put("k", "x").etag().value();
    assertThat(read(ref("k"), reading(ifMatch(tag)))).hasSize(1);
    assertThat(read(ref("k"), reading(ifNoneMatch("other")))).hasSize(1);
    fails(
        S3ErrorCode.PRECONDITION_FAILED,
        () -> storage.objects().get(ref("k"), reading(ifMatch("other"))));
    fails(
        S3ErrorCode.PRECONDITION_FAILED,
        () -> storage.objects().head(ref("k"), reading(ifMatch("other"))));
    assertThatThrownBy(() -> storage.objects().get(ref("k"), reading(ifNoneMatch(tag))))
        .isInstanceOfSatisfying(
            NotModifiedException.class, e -> assertThat(e.info().etag().value()).isEqualTo(tag));
  }

  private static ReadOptions reading(Preconditions conditions) {
    return new ReadOptions(null, null, conditions);
  }

  @Test
  void conditionsOfWritesHold() throws IOException {
    String tag = put("k", "1").etag().value();
    fails(S3ErrorCode.PRECONDITION_FAILED, () -> putIf("k", ifNoneMatch("*")));
    fails(S3ErrorCode.PRECONDITION_FAILED, () -> putIf("k", ifMatch("other")));
    fails(S3ErrorCode.NO_SUCH_KEY, () -> putIf("absent", ifMatch(tag)));
    assertThat(text("k")).isEqualTo("1");
    putIf("k", ifMatch(tag));
    putIf("fresh", ifNoneMatch("*"));
    assertThat(text("k")).isEqualTo("new");
    assertThat(text("fresh")).isEqualTo("new");
  }

  private void putIf(String key, Preconditions conditions) throws IOException {
    storage.objects().put(ref(key), write(conditions), BytesPayload.of("new"));
  }

  @Test
  void aRefusedWriteDoesNotReadItsBody() throws IOException {
    put("k", "1");
    BytesPayload unread =
        BytesPayload.failingAtEnd(new byte[0], new IllegalStateException("was read"));
    fails(
        S3ErrorCode.PRECONDITION_FAILED,
        () -> storage.objects().put(ref("k"), write(ifNoneMatch("*")), unread));
  }

  @Test
  void ofManyConditionalCreationsOneWins() throws Exception {
    int clients = 50;
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    try {
      List<Callable<Boolean>> attempts = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        byte[] body = random(i % 2 == 0 ? 10 : 40_000, i);
        attempts.add(
            () -> {
              try {
                storage.objects().put(ref("k"), write(ifNoneMatch("*")), BytesPayload.of(body));
                return true;
              } catch (io.sluice.error.S3Exception e) {
                assertThat(e.code()).isEqualTo(S3ErrorCode.PRECONDITION_FAILED);
                return false;
              }
            });
      }
      int won = 0;
      for (Future<Boolean> attempt : pool.invokeAll(attempts)) {
        won += attempt.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void deletingIsIdempotent() throws IOException {
    put("k", "x");
    DeleteResult result = delete("k");
    assertThat(result.versionId()).isNull();
    assertThat(result.deleteMarker()).isFalse();
    fails(S3ErrorCode.NO_SUCH_KEY, () -> head("k"));
    assertThat(delete("k").error()).isNull();
    assertThat(delete("never").error()).isNull();
  }

  @Test
  void deletingTheNullVersionOfAnUnversionedKeyDeletesIt() throws IOException {
    put("k", "x");
    assertThat(delete("k", "null").versionId()).isEqualTo("null");
    fails(S3ErrorCode.NO_SUCH_KEY, () -> head("k"));
  }

  @Test
  void conditionsOfDeletionsHold() throws IOException {
    put("k", "x");
    DeleteOptions wrong = new DeleteOptions(ifMatch("other"), OWNER, VersionGuard.NONE);
    fails(S3ErrorCode.PRECONDITION_FAILED, () -> storage.objects().delete(ref("k"), wrong));
    fails(S3ErrorCode.NO_SUCH_KEY, () -> storage.objects().delete(ref("absent"), wrong));
    assertThat(text("k")).isEqualTo("x");
    storage
        .objects()
        .delete(
            ref("k"),
            new DeleteOptions(
                ifMatch(BytesPayload.md5Hex("x".getBytes(StandardCharsets.UTF_8))),
                OWNER,
                VersionGuard.NONE));
    fails(S3ErrorCode.NO_SUCH_KEY, () -> head("k"));
  }

  @Test
  void deletingManyReportsEach() throws IOException {
    putAll("a", "b", "c");
    List<DeleteTarget> targets =
        List.of(
            new DeleteTarget(new ObjectKey("a"), null, deletion()),
            new DeleteTarget(
                new ObjectKey("b"),
                null,
                new DeleteOptions(ifMatch("other"), OWNER, VersionGuard.NONE)),
            new DeleteTarget(new ObjectKey("a"), null, deletion()),
            new DeleteTarget(new ObjectKey("absent"), null, deletion()));
    List<DeleteResult> results = storage.objects().deleteAll(bucket, targets);
    assertThat(results).hasSize(4);
    assertThat(results.get(0).error()).isNull();
    assertThat(results.get(1).key().value()).isEqualTo("b");
    assertThat(java.util.Objects.requireNonNull(results.get(1).error()).code())
        .isEqualTo(S3ErrorCode.PRECONDITION_FAILED);
    assertThat(results.get(3).error()).isNull();
    assertThat(keys(list("", null, null, 10))).containsExactly("b", "c");
  }

  @Test
  void aReaderKeepsWhatItOpened() throws Exception {
    for (int size : List.of(100, LARGE)) {
      byte[] body = random(size, 3);
      put("k", body);
      try (ObjectContent content = storage.objects().get(ref("k"), ReadOptions.ALL)) {
        put("k", "new");
        delete("k");
        Thread.sleep(600);
        Collected collected = new Collected();
        content.transferTo(collected);
        assertThat(collected.bytes.toByteArray()).isEqualTo(body);
      }
    }
  }

  @Test
  void documentsBelongToTheirObject() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    byte[] tags = {1, 2};
    storage
        .objects()
        .put(
            ref("k"),
            new WriteOptions(
                ObjectMetadata.NONE, Map.of("tagging", tags), Preconditions.NONE, OWNER),
            BytesPayload.of("x"));
    assertThat(storage.objects().document(ref("k"), "tagging")).hasValue(tags);
    assertThat(storage.objects().document(ref("k"), "acl")).isEmpty();
    storage.objects().putDocument(ref("k"), "acl", new byte[] {3});
    assertThat(storage.objects().document(ref("k"), "acl")).hasValue(new byte[] {3});
    ObjectInfo info = storage.objects().deleteDocument(ref("k"), "tagging");
    assertThat(info).isEqualTo(head("k"));
    assertThat(storage.objects().document(ref("k"), "tagging")).isEmpty();
    storage.objects().deleteDocument(ref("k"), "tagging");
    put("k", "y");
    assertThat(storage.objects().document(ref("k"), "acl")).isEmpty();
    storage.objects().putDocument(ref("k"), "acl", new byte[] {4});
    assertThat(storage.objects().document(ref("k"), "acl")).hasValue(new byte[] {4});
    assertThat(text("k")).isEqualTo("y");
  }

  @Test
  void copyingTakesBodyMetadataAndChosenDocuments() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    for (int size : List.of(0, 100, LARGE)) {
      byte[] body = random(size, 5);
      ObjectMetadata metadata = new ObjectMetadata(Map.of(), Map.of("a", "b"));
      storage
          .objects()
          .put(
              ref("from"),
              new WriteOptions(
                  metadata,
                  Map.of("tagging", new byte[] {1}, "acl", new byte[] {2}),
                  Preconditions.NONE,
                  OWNER),
              BytesPayload.of(body));
      ObjectInfo copy =
          storage.objects().copy(ref("from"), ref("to"), copying(null, Set.of("tagging"), null));
      assertThat(copy.etag()).isEqualTo(head("from").etag());
      assertThat(copy.metadata()).isEqualTo(metadata);
      assertThat(copy.ownerId()).isEqualTo("copier");
      assertThat(storage.objects().document(ref("to"), "tagging")).hasValue(new byte[] {1});
      assertThat(storage.objects().document(ref("to"), "acl")).isEmpty();
      delete("from");
      assertThat(read(ref("to"), ReadOptions.ALL)).isEqualTo(body);
    }
  }

  private static CopyOptions copying(
      @Nullable ObjectMetadata metadata,
      Set<String> documents,
      @Nullable ChecksumAlgorithm algorithm) {
    return new CopyOptions(
        Preconditions.NONE, metadata, documents, Map.of(), Preconditions.NONE, "copier", algorithm);
  }

  @Test
  void copyingOntoItselfReplacesMetadata() throws IOException {
    for (int size : List.of(100, LARGE)) {
      byte[] body = random(size, 5);
      put("k", body);
      ObjectMetadata metadata = new ObjectMetadata(Map.of(), Map.of("a", "b"));
      storage.objects().copy(ref("k"), ref("k"), copying(metadata, Set.of(), null));
      assertThat(head("k").metadata().user()).isEqualTo(metadata.user());
      assertThat(read(ref("k"), ReadOptions.ALL)).isEqualTo(body);
    }
  }

  @Test
  void copyingComputesTheChecksumAskedFor() throws IOException {
    byte[] body = random(LARGE, 5);
    put("from", body);
    ObjectInfo copy =
        storage
            .objects()
            .copy(ref("from"), ref("to"), copying(null, Set.of(), ChecksumAlgorithm.CRC64NVME));
    assertThat(copy.checksums())
        .containsExactly(ChecksumDigest.checksum(ChecksumAlgorithm.CRC64NVME, body));
  }

  @Test
  void conditionsOfCopiesHoldOnBothSides() throws IOException {
    String tag = put("from", "x").etag().value();
    put("to", "y");
    CopyOptions notModified =
        new CopyOptions(
            ifNoneMatch(tag), null, Set.of(), Map.of(), Preconditions.NONE, OWNER, null);
    fails(
        S3ErrorCode.PRECONDITION_FAILED,
        () -> storage.objects().copy(ref("from"), ref("to"), notModified));
    CopyOptions onlyNew =
        new CopyOptions(
            Preconditions.NONE, null, Set.of(), Map.of(), ifNoneMatch("*"), OWNER, null);
    fails(
        S3ErrorCode.PRECONDITION_FAILED,
        () -> storage.objects().copy(ref("from"), ref("to"), onlyNew));
    assertThat(text("to")).isEqualTo("y");
    fails(S3ErrorCode.NO_SUCH_KEY, () -> storage.objects().copy(ref("absent"), ref("to"), onlyNew));
    fails(
        S3ErrorCode.NO_SUCH_BUCKET,
        () ->
            storage.objects().copy(ref("from"), ObjectRef.of(ABSENT, new ObjectKey("k")), onlyNew));
  }

  @Test
  void anUnknownVersionIsSaidToBeSo() throws IOException {
    put("k", "x");
    fails(S3ErrorCode.NO_SUCH_VERSION, () -> text("k", "nonsense"));
    assertThat(text("k", "null")).isEqualTo("x");
    versioning(Versioning.ENABLED);
    fails(S3ErrorCode.NO_SUCH_VERSION, () -> text("k", "nonsense"));
    assertThat(text("k", "null")).isEqualTo("x");
  }

  /** What the source has is read with its bytes, so that a racing write never mixes the two. */
  @Test
  void aCopyHasStorageClassAndRedirectOfItsOwn() throws IOException {
    Map<String, String> system =
        Map.of(
            "content-type",
            "text/plain",
            ObjectMetadata.STORAGE_CLASS,
            "STANDARD_IA",
            ObjectMetadata.WEBSITE_REDIRECT_LOCATION,
            "/there");
    ObjectMetadata metadata = new ObjectMetadata(system, Map.of("a", "b"));
    storage
        .objects()
        .put(
            ref("from"),
            new WriteOptions(metadata, Map.of(), Preconditions.NONE, OWNER),
            BytesPayload.of("content"));
    CopyOptions plain =
        new CopyOptions(
            Preconditions.NONE, null, Set.of(), Map.of(), Preconditions.NONE, OWNER, null);

    ObjectInfo copy = storage.objects().copy(ref("from"), ref("plain"), plain);
    assertThat(copy.metadata().user()).isEqualTo(Map.of("a", "b"));
    assertThat(copy.metadata().storageClass()).isEqualTo("STANDARD");
    assertThat(copy.metadata().system(ObjectMetadata.WEBSITE_REDIRECT_LOCATION)).isNull();
    assertThat(copy.metadata().system("content-type")).isEqualTo("text/plain");

    CopyOptions own = plain.withOwn(Map.of(ObjectMetadata.STORAGE_CLASS, "GLACIER_IR"));
    ObjectInfo other = storage.objects().copy(ref("from"), ref("own"), own);
    assertThat(other.metadata().storageClass()).isEqualTo("GLACIER_IR");
    assertThat(other.metadata().system("content-type")).isEqualTo("text/plain");
  }
}
