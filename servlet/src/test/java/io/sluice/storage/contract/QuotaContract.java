package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.Quota;
import io.sluice.model.Usage;
import io.sluice.model.Versioning;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.DeleteTarget;
import io.sluice.storage.PartSource;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadRef;
import io.sluice.storage.memory.BytesPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a store says that it holds, and how it keeps within a quota. */
public abstract class QuotaContract extends ContractFixture {
  private static final BucketName OTHER = new BucketName("other");

  private Usage usage() throws IOException {
    Usage usage = storage.buckets().usage(bucket);
    assertThat(storage.buckets().recount(bucket)).isEqualTo(usage);
    return usage;
  }

  private void quota(String document) throws IOException {
    storage.buckets().putSetting(bucket, Quota.SETTING, document.getBytes(StandardCharsets.UTF_8));
  }

  private void copy(String from, String to) throws IOException {
    CopyOptions options =
        new CopyOptions(
            Preconditions.NONE, null, Set.of(), Map.of(), Preconditions.NONE, OWNER, null);
    storage.objects().copy(ref(from), ref(to), options);
  }

  private UploadRef begin(String key) throws IOException {
    return upload(
        key, storage.uploads().create(ref(key), new UploadOptions(write(), null, null)).uploadId());
  }

  private PartInfo part(UploadRef upload, int number, int length) throws IOException {
    return storage.uploads().uploadPart(upload, number, BytesPayload.of(new byte[length]));
  }

  private void complete(UploadRef upload, PartInfo... parts) throws IOException {
    List<CompleteOptions.CompletedPart> listed =
        java.util.Arrays.stream(parts)
            .map(p -> new CompleteOptions.CompletedPart(p.partNumber(), p.etag(), List.of()))
            .toList();
    storage.uploads().complete(upload, new CompleteOptions(listed, Preconditions.NONE, null, null));
  }

  private void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable action)
      throws IOException {
    Usage before = usage();
    fails(S3ErrorCode.QUOTA_EXCEEDED, action);
    assertThat(usage()).isEqualTo(before);
  }

  @Test
  void objectsCountOnceAndOverwritingTheDifference() throws IOException {
    assertThat(usage()).isEqualTo(Usage.NONE);
    put("a", new byte[100]);
    put("b", new byte[LARGE]);
    put("empty", new byte[0]);
    assertThat(usage()).isEqualTo(new Usage(100 + LARGE, 3, 0, 0));
    put("b", new byte[7]);
    assertThat(usage()).isEqualTo(new Usage(107, 3, 0, 0));
    copy("a", "c");
    copy("a", "b");
    assertThat(usage()).isEqualTo(new Usage(300, 4, 0, 0));
    delete("a");
    delete("absent");
    storage
        .objects()
        .deleteAll(
            bucket,
            List.of(
                new DeleteTarget(new ObjectKey("b"), null, deletion()),
                new DeleteTarget(new ObjectKey("c"), null, deletion()),
                new DeleteTarget(new ObjectKey("c"), null, deletion())));
    assertThat(usage()).isEqualTo(new Usage(0, 1, 0, 0));
  }

  @Test
  void versionsCountAndDeleteMarkersDoNot() throws IOException {
    versioning(Versioning.ENABLED);
    String first = put("k", new byte[10]).version().idOrNull();
    put("k", new byte[20]);
    delete("k");
    delete("k");
    assertThat(usage()).isEqualTo(new Usage(30, 2, 0, 0));
    delete("k", first);
    assertThat(usage()).isEqualTo(new Usage(20, 1, 0, 0));
    versioning(Versioning.SUSPENDED);
    put("k", new byte[5]);
    put("k", new byte[6]);
    assertThat(usage()).isEqualTo(new Usage(26, 2, 0, 0));
    delete("k");
    assertThat(usage()).isEqualTo(new Usage(20, 1, 0, 0));
  }

  @Test
  void partsCountUntilTheyAreAnObject() throws IOException {
    UploadRef upload = begin("k");
    PartInfo one = part(upload, 1, 50);
    part(upload, 2, 1000);
    PartInfo two = part(upload, 2, 60);
    part(upload, 3, 70);
    assertThat(usage()).isEqualTo(new Usage(0, 0, 180, 3));
    complete(upload, one, two);
    assertThat(usage()).isEqualTo(new Usage(110, 1, 0, 0));
    complete(upload, one, two);
    assertThat(usage()).isEqualTo(new Usage(110, 1, 0, 0));
    UploadRef second = begin("k2");
    storage.uploads().copyPart(second, 1, new PartSource(ref("k"), null, Preconditions.NONE));
    assertThat(usage()).isEqualTo(new Usage(110, 1, 110, 1));
    storage.uploads().abort(second);
    assertThat(usage()).isEqualTo(new Usage(110, 1, 0, 0));
  }

  @Test
  void anAccountTakesWhatItsBucketsTake() throws IOException {
    create(OTHER);
    storage.buckets().create(info(new BucketName("strange"), "stranger"));
    put("a", new byte[10]);
    storage
        .objects()
        .put(ObjectRef.of(OTHER, new ObjectKey("b")), write(), BytesPayload.of(new byte[5]));
    storage
        .objects()
        .put(
            ObjectRef.of(new BucketName("strange"), new ObjectKey("b")),
            write(),
            BytesPayload.of(new byte[3]));
    assertThat(storage.buckets().accountUsage(OWNER)).isEqualTo(new Usage(15, 2, 0, 0));
    assertThat(storage.buckets().accountUsage("stranger")).isEqualTo(new Usage(3, 1, 0, 0));
    assertThat(storage.buckets().accountUsage("nobody")).isEqualTo(Usage.NONE);
    delete("a");
    part(begin("u"), 1, 99);
    storage.buckets().delete(bucket);
    assertThat(storage.buckets().accountUsage(OWNER)).isEqualTo(new Usage(5, 1, 0, 0));
    create(bucket);
    assertThat(usage()).isEqualTo(Usage.NONE);
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> storage.buckets().usage(new BucketName("no-such-one")));
  }

  @Test
  void aQuotaOfBytesIsKeptByPutsCopiesAndParts() throws IOException {
    quota("bytes=100\n");
    put("a", new byte[60]);
    refused(() -> put("b", new byte[41]));
    refused(() -> copy("a", "b"));
    put("a", new byte[100]);
    refused(() -> put("a", new byte[101]));
    put("a", new byte[40]);
    copy("a", "b");
    UploadRef upload = begin("c");
    part(upload, 1, 20);
    refused(() -> part(upload, 2, 1));
    refused(
        () ->
            storage
                .uploads()
                .copyPart(upload, 2, new PartSource(ref("a"), null, Preconditions.NONE)));
    PartInfo part = part(upload, 1, 20);
    complete(upload, part);
    assertThat(usage()).isEqualTo(new Usage(100, 3, 0, 0));
    delete("a");
    put("d", new byte[40]);
  }

  @Test
  void aQuotaOfObjectsIsKeptByVersionsAndCompletions() throws IOException {
    quota("objects=2");
    versioning(Versioning.ENABLED);
    String first = put("k", new byte[1]).version().idOrNull();
    put("k", new byte[1]);
    refused(() -> put("k", new byte[1]));
    UploadRef upload = begin("m");
    PartInfo part = part(upload, 1, 1);
    refused(() -> complete(upload, part));
    delete("k");
    delete("k", first);
    complete(upload, part);
    assertThat(usage().objects()).isEqualTo(2);
  }

  @Test
  void theBodyOfAHopelessWriteIsNotRead() throws IOException {
    quota("bytes=10");
    AtomicBoolean read = new AtomicBoolean();
    BytesPayload payload = BytesPayload.watched(new byte[11], () -> read.set(true));
    refused(() -> storage.objects().put(ref("a"), write(), payload));
    assertThat(read).isFalse();
  }

  @Test
  void aQuotaBelowWhatIsThereForbidsOnlyGrowth() throws IOException {
    put("a", new byte[60]);
    put("b", new byte[60]);
    quota("bytes=100\nobjects=1\n");
    refused(() -> put("c", new byte[1]));
    put("a", new byte[60]);
    put("a", new byte[59]);
    refused(() -> put("a", new byte[60]));
    versioning(Versioning.ENABLED);
    delete("a");
    storage.buckets().deleteSetting(bucket, Quota.SETTING);
    put("c", new byte[500]);
  }

  @Test
  void aQuotaIsReadStrictly() throws IOException {
    quota("bytes=1\nobjects=2");
    for (String bad :
        List.of(
            "",
            "\n",
            "bytes=",
            "bytes=-1",
            "bytes=1.5",
            "bytes=1objects=2",
            "objects=2\nbytes=1",
            "bytes=1\nbytes=1",
            "bytes=1\n\n",
            " bytes=1",
            "bytes=1234567890123456789",
            "{\"bytes\":1}")) {
      fails(S3ErrorCode.INVALID_ARGUMENT, () -> quota(bad));
    }
    Quota kept = Quota.parse(storage.buckets().setting(bucket, Quota.SETTING).orElseThrow());
    assertThat(kept).isEqualTo(new Quota(1, 2));
    assertThat(Quota.parse(kept.document())).isEqualTo(kept);
    assertThat(Quota.parse("objects=0".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Quota(Long.MAX_VALUE, 0));
  }
}
