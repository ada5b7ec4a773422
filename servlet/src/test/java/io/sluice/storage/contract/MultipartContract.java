package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.ByteRange;
import io.sluice.model.Checksum;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ChecksumType;
import io.sluice.model.ETag;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.UploadInfo;
import io.sluice.model.Versioning;
import io.sluice.storage.Capability;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.CompleteOptions.CompletedPart;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.PartSource;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadRef;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.memory.BytesPayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store does with multipart uploads. */
public abstract class MultipartContract extends ContractFixture {
  private UploadRef begin(String key) throws IOException {
    return begin(key, null, null);
  }

  private UploadRef begin(
      String key, @Nullable ChecksumAlgorithm algorithm, @Nullable ChecksumType type)
      throws IOException {
    UploadOptions options = new UploadOptions(write(), algorithm, type);
    return upload(key, storage.uploads().create(ref(key), options).uploadId());
  }

  private PartInfo part(UploadRef upload, int number, byte[] body) throws IOException {
    return storage.uploads().uploadPart(upload, number, BytesPayload.of(body));
  }

  private static CompleteOptions listing(PartInfo... parts) {
    return completing(Preconditions.NONE, null, null, parts);
  }

  private static CompleteOptions completing(
      Preconditions conditions,
      @Nullable Checksum checksum,
      @Nullable Long size,
      PartInfo... parts) {
    List<CompletedPart> listed =
        Arrays.stream(parts)
            .map(part -> new CompletedPart(part.partNumber(), part.etag(), List.of()))
            .toList();
    return new CompleteOptions(listed, conditions, checksum, size);
  }

  private ObjectInfo complete(UploadRef upload, PartInfo... parts) throws IOException {
    return storage.uploads().complete(upload, listing(parts));
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  @Test
  void partsBecomeOneObject() throws IOException {
    byte[] one = random(LARGE, 1);
    byte[] two = random(200_000, 2);
    byte[] three = random(7, 3);
    UploadRef upload = begin("k");
    PartInfo third = part(upload, 30, three);
    PartInfo first = part(upload, 1, one);
    PartInfo second = part(upload, 2, two);
    ObjectInfo made = complete(upload, first, second, third);
    byte[] all = concat(one, two, three);
    assertThat(made.sizeBytes()).isEqualTo(all.length);
    assertThat(made.partCount()).isEqualTo(3);
    byte[] digests =
        concat(
            HexFormat.of().parseHex(first.etag().value()),
            HexFormat.of().parseHex(second.etag().value()),
            HexFormat.of().parseHex(third.etag().value()));
    assertThat(made.etag().value()).isEqualTo(BytesPayload.md5Hex(digests) + "-3");
    assertThat(read(ref("k"), ReadOptions.ALL)).isEqualTo(all);
    assertSame(head("k"), made);
    for (int[] range :
        new int[][] {{0, 10}, {299_995, 300_005}, {499_990, 500_006}, {5, 500_000}}) {
      ReadOptions options =
          new ReadOptions(new ByteRange.FromTo(range[0], range[1] - 1L), null, Preconditions.NONE);
      assertThat(read(ref("k"), options)).isEqualTo(Arrays.copyOfRange(all, range[0], range[1]));
    }
    assertThat(read(ref("k"), new ReadOptions(null, 2, Preconditions.NONE))).isEqualTo(two);
    assertThat(read(ref("k"), new ReadOptions(null, 30, Preconditions.NONE))).isEqualTo(three);
    fails(
        S3ErrorCode.INVALID_PART_NUMBER,
        () -> storage.objects().get(ref("k"), new ReadOptions(null, 4, Preconditions.NONE)));
    assertSameParts(storage.objects().parts(ref("k"), 0, 10), first, second, third);
    assertSameParts(storage.objects().parts(ref("k"), 1, 1), second);
    fails(S3ErrorCode.NO_SUCH_UPLOAD, () -> storage.uploads().head(upload));
  }

  @Test
  void theObjectIsWhatTheUploadWasCreatedWith() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    ObjectMetadata metadata =
        new ObjectMetadata(Map.of(ObjectMetadata.CONTENT_TYPE, "a/b"), Map.of("x", "y"));
    WriteOptions options =
        new WriteOptions(
            metadata, Map.of("tagging", new byte[] {1}), Preconditions.NONE, "uploader");
    UploadInfo info = storage.uploads().create(ref("k"), new UploadOptions(options, null, null));
    UploadRef upload = upload("k", info.uploadId());
    assertThat(storage.uploads().head(upload)).isEqualTo(info);
    assertThat(info.uploadId()).matches("[0-9a-zA-Z._~-]+");
    complete(upload, part(upload, 1, new byte[1]));
    ObjectInfo made = head("k");
    assertThat(made.metadata()).isEqualTo(metadata);
    assertThat(made.ownerId()).isEqualTo("uploader");
    assertThat(storage.objects().document(ref("k"), "tagging")).hasValue(new byte[] {1});
  }

  @Test
  void nothingIsThereBeforeTheEnd() throws IOException {
    put("k", "old");
    UploadRef upload = begin("k");
    part(upload, 1, new byte[20]);
    assertThat(text("k")).isEqualTo("old");
    assertThat(keys(list("", null, null, 10))).containsExactly("k");
  }

  @Test
  void completingTwiceAnswersTheSame() throws IOException {
    UploadRef upload = begin("k");
    PartInfo part = part(upload, 1, new byte[20]);
    CompleteOptions onlyNew = completing(ifNoneMatch("*"), null, null, part);
    ObjectInfo made = storage.uploads().complete(upload, onlyNew);
    assertSame(storage.uploads().complete(upload, onlyNew), made);
    fails(
        S3ErrorCode.NO_SUCH_UPLOAD,
        () ->
            storage
                .uploads()
                .complete(
                    upload,
                    listing(new PartInfo(2, 1, part.etag(), part.modifiedAt(), List.of()))));
    fails(S3ErrorCode.NO_SUCH_UPLOAD, () -> part(upload, 1, new byte[20]));
  }

  @Test
  void aPartIsReplaced() throws IOException {
    UploadRef upload = begin("k");
    part(upload, 1, random(LARGE, 1));
    PartInfo again = part(upload, 1, random(LARGE, 2));
    assertSameParts(storage.uploads().listParts(upload, 0, 10), again);
    complete(upload, again);
    assertThat(read(ref("k"), ReadOptions.ALL)).isEqualTo(random(LARGE, 2));
  }

  @Test
  void aPartThatFailsAtItsEndChangesNothing() throws IOException {
    UploadRef upload = begin("k");
    PartInfo part = part(upload, 1, new byte[20]);
    IOException fault = new IOException("cut");
    for (int size : List.of(10, LARGE)) {
      assertThatThrownBy(
              () ->
                  storage
                      .uploads()
                      .uploadPart(upload, 1, BytesPayload.failingAtEnd(new byte[size], fault)))
          .isSameAs(fault);
    }
    assertSameParts(storage.uploads().listParts(upload, 0, 10), part);
  }

  @Test
  void aListThatDoesNotFitIsRefused() throws IOException {
    UploadRef upload = begin("k");
    PartInfo one = part(upload, 1, new byte[20]);
    PartInfo two = part(upload, 2, new byte[20]);
    PartInfo wrong = new PartInfo(2, 20, new ETag("00"), two.modifiedAt(), List.of());
    PartInfo absent = new PartInfo(3, 20, two.etag(), two.modifiedAt(), List.of());
    fails(S3ErrorCode.INVALID_PART_ORDER, () -> complete(upload, two, one));
    fails(S3ErrorCode.INVALID_PART_ORDER, () -> complete(upload, one, one));
    fails(S3ErrorCode.INVALID_PART, () -> complete(upload, one, wrong));
    fails(S3ErrorCode.INVALID_PART, () -> complete(upload, one, absent));
    fails(S3ErrorCode.MALFORMED_XML, () -> complete(upload));
    assertSameParts(storage.uploads().listParts(upload, 0, 10), one, two);
    complete(upload, one, two);
  }

  @Test
  void onlyTheLastPartMayBeSmall() throws IOException {
    UploadRef upload = begin("k");
    PartInfo small = part(upload, 1, new byte[9]);
    PartInfo last = part(upload, 2, new byte[1]);
    S3Exception error = fails(S3ErrorCode.ENTITY_TOO_SMALL, () -> complete(upload, small, last));
    if (storage.capabilities().contains(Capability.EXACT_INFORMATION)) {
      assertThat(error.details())
          .containsEntry("ProposedSize", "9")
          .containsEntry("MinSizeAllowed", "10")
          .containsEntry("PartNumber", "1")
          .containsEntry("ETag", small.etag().value());
    }
    complete(upload, small);
  }

  @Test
  void conditionsOfCompletionHold() throws IOException {
    put("k", "old");
    UploadRef upload = begin("k");
    PartInfo part = part(upload, 1, new byte[20]);
    fails(
        S3ErrorCode.PRECONDITION_FAILED,
        () -> storage.uploads().complete(upload, completing(ifNoneMatch("*"), null, null, part)));
    assertThat(text("k")).isEqualTo("old");
    complete(upload, part);
    assertThat(head("k").sizeBytes()).isEqualTo(20);
  }

  @Test
  void theExpectedSizeHolds() throws IOException {
    UploadRef upload = begin("k");
    PartInfo part = part(upload, 1, new byte[20]);
    fails(
        S3ErrorCode.INVALID_REQUEST,
        () -> storage.uploads().complete(upload, completing(Preconditions.NONE, null, 19L, part)));
    storage.uploads().complete(upload, completing(Preconditions.NONE, null, 20L, part));
  }

  @ParameterizedTest
  @EnumSource(
      value = ChecksumAlgorithm.class,
      names = {"CRC32", "CRC32C", "CRC64NVME"})
  void checksumsOfThePartsCombine(ChecksumAlgorithm algorithm) throws IOException {
    List<byte[]> bodies = List.of(random(100, 1), random(LARGE, 2), random(3, 3));
    UploadRef upload = begin("k", algorithm, ChecksumType.FULL_OBJECT);
    PartInfo[] parts = checked(upload, algorithm, bodies);
    Checksum whole =
        ChecksumDigest.checksum(algorithm, concat(bodies.get(0), bodies.get(1), bodies.get(2)));
    Checksum wrong = ChecksumDigest.checksum(algorithm, new byte[1]);
    fails(
        S3ErrorCode.BAD_DIGEST,
        () ->
            storage.uploads().complete(upload, completing(Preconditions.NONE, wrong, null, parts)));
    ObjectInfo made =
        storage.uploads().complete(upload, completing(Preconditions.NONE, whole, null, parts));
    assertThat(made.checksums()).containsExactly(whole);
  }

  @ParameterizedTest
  @EnumSource(
      value = ChecksumAlgorithm.class,
      names = {"CRC32", "CRC32C", "SHA1", "SHA256"})
  void checksumsOfThePartsAreComposed(ChecksumAlgorithm algorithm) throws IOException {
    List<byte[]> bodies = List.of(random(100, 1), random(3, 3));
    UploadRef upload = begin("k", algorithm, ChecksumType.COMPOSITE);
    PartInfo[] parts = checked(upload, algorithm, bodies);
    byte[] digests =
        concat(
            ChecksumDigest.digest(algorithm, bodies.get(0)),
            ChecksumDigest.digest(algorithm, bodies.get(1)));
    String expected =
        Base64.getEncoder().encodeToString(ChecksumDigest.digest(algorithm, digests)) + "-2";
    ObjectInfo made = complete(upload, parts);
    assertThat(made.checksums())
        .containsExactly(new Checksum(algorithm, ChecksumType.COMPOSITE, expected));
    assertSameParts(storage.objects().parts(ref("k"), 0, 10), parts);
  }

  private PartInfo[] checked(UploadRef upload, ChecksumAlgorithm algorithm, List<byte[]> bodies)
      throws IOException {
    List<PartInfo> parts = new ArrayList<>();
    for (byte[] body : bodies) {
      List<Checksum> checksums = List.of(ChecksumDigest.checksum(algorithm, body));
      parts.add(
          storage.uploads().uploadPart(upload, parts.size() + 1, BytesPayload.of(body, checksums)));
    }
    return parts.toArray(PartInfo[]::new);
  }

  @Test
  void aListedChecksumHasToAgree() throws IOException {
    UploadRef upload = begin("k", ChecksumAlgorithm.CRC32, ChecksumType.COMPOSITE);
    PartInfo part = checked(upload, ChecksumAlgorithm.CRC32, List.of(new byte[5]))[0];
    List<Checksum> wrong = List.of(ChecksumDigest.checksum(ChecksumAlgorithm.CRC32, new byte[6]));
    CompleteOptions options =
        new CompleteOptions(
            List.of(new CompletedPart(1, part.etag(), wrong)), Preconditions.NONE, null, null);
    fails(S3ErrorCode.INVALID_PART, () -> storage.uploads().complete(upload, options));
  }

  @Test
  void abortingForgets() throws IOException {
    UploadRef upload = begin("k");
    PartInfo part = part(upload, 1, random(LARGE, 1));
    storage.uploads().abort(upload);
    fails(S3ErrorCode.NO_SUCH_UPLOAD, () -> storage.uploads().head(upload));
    fails(S3ErrorCode.NO_SUCH_UPLOAD, () -> storage.uploads().abort(upload));
    fails(S3ErrorCode.NO_SUCH_UPLOAD, () -> storage.uploads().listParts(upload, 0, 10));
    fails(S3ErrorCode.NO_SUCH_UPLOAD, () -> complete(upload, part));
    fails(S3ErrorCode.NO_SUCH_KEY, () -> head("k"));
  }

  @Test
  void anUploadBelongsToItsKey() throws IOException {
    UploadRef upload = begin("k");
    UploadRef other = upload("other", upload.uploadId());
    fails(S3ErrorCode.NO_SUCH_UPLOAD, () -> storage.uploads().head(other));
    fails(S3ErrorCode.NO_SUCH_UPLOAD, () -> storage.uploads().head(upload("k", "nonsense")));
    fails(S3ErrorCode.NO_SUCH_UPLOAD, () -> part(other, 1, new byte[1]));
  }

  @Test
  void anUploadThatGoesDuringAPartRefusesIt() throws IOException {
    UploadRef upload = begin("k");
    BytesPayload aborting =
        BytesPayload.watched(new byte[5], () -> storage.uploads().abort(upload));
    fails(S3ErrorCode.NO_SUCH_UPLOAD, () -> storage.uploads().uploadPart(upload, 1, aborting));
  }

  @Test
  void partsAreListedByNumber() throws IOException {
    UploadRef upload = begin("k");
    for (int number : List.of(10_000, 3, 1, 200)) {
      part(upload, number, new byte[number % 7]);
    }
    assertThat(numbers(upload, 0, 10)).containsExactly(1, 3, 200, 10_000);
    assertThat(numbers(upload, 3, 10)).containsExactly(200, 10_000);
    assertThat(numbers(upload, 0, 2)).containsExactly(1, 3);
    assertThat(numbers(upload, 10_000, 2)).isEmpty();
  }

  private List<Integer> numbers(UploadRef upload, int after, int limit) throws IOException {
    return storage.uploads().listParts(upload, after, limit).stream()
        .map(PartInfo::partNumber)
        .toList();
  }

  @Test
  void partsAreCopied() throws IOException {
    byte[] body = random(LARGE, 1);
    put("from", body);
    put("small", "0123456789abcdef");
    UploadRef upload = begin("k");
    PartInfo whole = copied(upload, 1, "from", null);
    assertThat(whole.etag()).isEqualTo(head("from").etag());
    PartInfo range = copied(upload, 2, "from", new ByteRange.FromTo(1000, 199_999));
    PartInfo small = copied(upload, 3, "small", new ByteRange.FromTo(2, 12));
    assertThat(List.of(whole.sizeBytes(), range.sizeBytes(), small.sizeBytes()))
        .containsExactly((long) LARGE, 199_000L, 11L);
    delete("from");
    delete("small");
    complete(upload, whole, range, small);
    assertThat(read(ref("k"), ReadOptions.ALL))
        .isEqualTo(
            concat(
                body,
                Arrays.copyOfRange(body, 1000, 200_000),
                "23456789abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }

  private PartInfo copied(
      UploadRef upload, int number, String from, ByteRange.@Nullable FromTo range)
      throws IOException {
    return storage
        .uploads()
        .copyPart(upload, number, new PartSource(ref(from), range, Preconditions.NONE));
  }

  @Test
  void aCopiedPartThatDoesNotFitIsRefused() throws IOException {
    put("from", "0123456789");
    UploadRef upload = begin("k");
    fails(S3ErrorCode.INVALID_RANGE, () -> copied(upload, 1, "from", new ByteRange.FromTo(5, 10)));
    fails(S3ErrorCode.NO_SUCH_KEY, () -> copied(upload, 1, "absent", null));
    fails(
        S3ErrorCode.PRECONDITION_FAILED,
        () ->
            storage
                .uploads()
                .copyPart(upload, 1, new PartSource(ref("from"), null, ifMatch("other"))));
    assertThat(storage.uploads().listParts(upload, 0, 10)).isEmpty();
  }

  @Test
  void aCopiedPartHasTheChecksumOfItsUpload() throws IOException {
    byte[] body = random(LARGE, 1);
    put("from", body);
    UploadRef upload = begin("k", ChecksumAlgorithm.CRC32C, ChecksumType.FULL_OBJECT);
    PartInfo part = copied(upload, 1, "from", new ByteRange.FromTo(5, 199_999));
    assertThat(part.checksums())
        .containsExactly(
            ChecksumDigest.checksum(
                ChecksumAlgorithm.CRC32C, Arrays.copyOfRange(body, 5, 200_000)));
  }

  @Test
  void aMultipartObjectIsCopiedWithItsParts() throws IOException {
    UploadRef upload = begin("from");
    PartInfo one = part(upload, 1, random(LARGE, 1));
    PartInfo two = part(upload, 2, random(5, 2));
    ObjectInfo made = complete(upload, one, two);
    CopyOptions plain =
        new CopyOptions(
            Preconditions.NONE, null, Set.of(), Map.of(), Preconditions.NONE, OWNER, null);
    ObjectInfo copy = storage.objects().copy(ref("from"), ref("to"), plain);
    delete("from");
    assertThat(copy.etag()).isEqualTo(made.etag());
    assertThat(read(ref("to"), ReadOptions.ALL)).isEqualTo(concat(random(LARGE, 1), random(5, 2)));
    assertThat(storage.objects().parts(ref("to"), 0, 10)).hasSize(copy.partCount());
  }

  @Test
  void aVersionIsMadeByCompletion() throws IOException {
    versioning(Versioning.ENABLED);
    put("k", "old");
    UploadRef upload = begin("k");
    ObjectInfo made = complete(upload, part(upload, 1, new byte[20]));
    assertThat(made.version().id()).isNotNull().isNotEqualTo("null");
    delete("k", made.version().id());
    assertThat(text("k")).isEqualTo("old");
  }
}
