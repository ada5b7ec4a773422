package io.sluice.storage.attached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ByteRange;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.model.ListQuery;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.BucketStore;
import io.sluice.storage.CompleteOptions;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectContent;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.PartSource;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadRef;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.contract.ContractFixture;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.memory.MemoryStorage;
import io.sluice.storage.option.BackendBucket;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachedStorageTest {
  private static final BucketName HERE = new BucketName("here");
  private static final BucketName ALIAS = new BucketName("alias");
  private static final BucketName THERE = new BucketName("there");

  private final MemoryStorage local = new MemoryStorage(10);
  private final MemoryStorage aws = new MemoryStorage(10);
  private final MemoryStorage ceph = new MemoryStorage(10);
  private Storage storage = local;

  @TempDir Path directory = Path.of("");

  private Storage attached() throws IOException {
    return new AttachedStorageComposer()
        .compose(
            local,
            Map.of("aws", aws, "ceph", ceph),
            Map.of(
                "aws",
                "there, logs-*",
                "ceph",
                "",
                ".settings",
                directory.resolve("providers").toString()));
  }

  @BeforeEach
  void create() throws IOException {
    storage = attached();
    make(local, HERE);
    make(local, ALIAS);
    make(aws, THERE);
    make(ceph, new BucketName("far-away"));
    storage
        .buckets()
        .putSetting(
            ALIAS,
            BackendBucket.SETTING,
            new BackendBucket("ceph", new BucketName("far-away")).document());
  }

  private static void make(Storage where, BucketName name) throws IOException {
    where
        .buckets()
        .create(new BucketInfo(name, Instant.now(), "", "owner", Versioning.UNVERSIONED, ""));
  }

  private static WriteOptions write() {
    return new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "owner");
  }

  private static byte[] read(Storage from, ObjectRef ref) throws IOException {
    ContractFixture.Collected collected = new ContractFixture.Collected();
    try (ObjectContent content = from.objects().get(ref, ReadOptions.ALL)) {
      content.transferTo(collected);
    }
    return collected.toBytes();
  }

  private static ObjectRef ref(BucketName bucket, String key) {
    return ObjectRef.of(bucket, new ObjectKey(key));
  }

  private void put(BucketName bucket, String key, String text) throws IOException {
    storage.objects().put(ref(bucket, key), write(), BytesPayload.of(text));
  }

  private static S3Exception fails(S3ErrorCode code, ThrowingCallable action) {
    S3Exception[] thrown = new S3Exception[1];
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              thrown[0] = e;
              assertThat(e.code()).isEqualTo(code);
            });
    return thrown[0];
  }

  @Test
  void eachNameLeadsToItsBucket() throws IOException {
    put(HERE, "k", "1");
    put(THERE, "k", "2");
    put(ALIAS, "k", "3");
    assertThat(read(local, ref(HERE, "k"))).isEqualTo(new byte[] {'1'});
    assertThat(read(aws, ref(THERE, "k"))).isEqualTo(new byte[] {'2'});
    assertThat(read(ceph, ObjectRef.of("far-away", "k"))).isEqualTo(new byte[] {'3'});
    assertThat(read(storage, ref(ALIAS, "k"))).isEqualTo(new byte[] {'3'});
    assertThat(storage.objects().list(ALIAS, new ListQuery("", null, null, 5)).objects())
        .hasSize(1);
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> put(new BucketName("nowhere"), "k", ""));
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> put(new BucketName("far-away"), "k", ""));
  }

  @Test
  void listingsNameTheProviders() throws IOException {
    assertThat(storage.buckets().list("", null, 100).stream().map(AttachedStorageTest::row))
        .containsExactly("alias:ceph", "here:", "there:");
    assertThat(storage.buckets().list("", "alias", 1)).hasSize(1);
    assertThat(storage.buckets().head(ALIAS).provider()).isEqualTo("ceph");
  }

  private static String row(BucketInfo bucket) {
    return bucket.name() + ":" + bucket.provider();
  }

  @Test
  void aNameWithTwoMeaningsIsAnErrorAndListedTwice() throws IOException {
    make(local, THERE);
    S3Exception error = fails(S3ErrorCode.AMBIGUOUS_BUCKET_NAME, () -> put(THERE, "k", ""));
    assertThat(error.message()).contains("this gateway, aws");
    fails(S3ErrorCode.AMBIGUOUS_BUCKET_NAME, () -> storage.buckets().head(THERE));
    fails(S3ErrorCode.AMBIGUOUS_BUCKET_NAME, () -> storage.buckets().delete(THERE));
    assertThat(storage.buckets().list("", "here", 1)).hasSize(2);
    make(local, new BucketName("logs-1"));
    put(new BucketName("logs-1"), "k", "only here");
    make(aws, new BucketName("logs-2"));
    make(local, new BucketName("logs-2"));
    fails(S3ErrorCode.AMBIGUOUS_BUCKET_NAME, () -> put(new BucketName("logs-2"), "k", ""));
  }

  @Test
  void aNewBucketBelongsToTheProviderThatIsAskedForItsName() throws IOException {
    make(storage, new BucketName("logs-new"));
    assertThat(aws.buckets().head(new BucketName("logs-new")).name().value()).isEqualTo("logs-new");
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> local.buckets().head(new BucketName("logs-new")));
    make(storage, new BucketName("fresh"));
    assertThat(local.buckets().head(new BucketName("fresh")).provider()).isEmpty();
  }

  @Test
  void anAliasKeepsItsSettingsHereAndItsVersionsThere() throws IOException {
    storage.buckets().putSetting(ALIAS, "cors", new byte[] {1});
    assertThat(local.buckets().setting(ALIAS, "cors")).hasValue(new byte[] {1});
    storage.buckets().setVersioning(ALIAS, Versioning.ENABLED);
    assertThat(ceph.buckets().head(new BucketName("far-away")).versioning())
        .isEqualTo(Versioning.ENABLED);
    assertThat(storage.buckets().head(ALIAS).versioning()).isEqualTo(Versioning.ENABLED);
    storage.buckets().deleteSetting(ALIAS, BackendBucket.SETTING);
    put(ALIAS, "k", "detached");
    assertThat(read(local, ref(ALIAS, "k"))).hasSize(8);
  }

  @Test
  void onlyABucketHereStandsForOneThatAProviderMayHave() {
    fails(
        S3ErrorCode.INVALID_ARGUMENT,
        () ->
            storage
                .buckets()
                .putSetting(
                    HERE, BackendBucket.SETTING, new BackendBucket("gcp", THERE).document()));
    fails(
        S3ErrorCode.INVALID_ARGUMENT,
        () -> storage.buckets().putSetting(HERE, BackendBucket.SETTING, new byte[] {'x'}));
    fails(
        S3ErrorCode.INVALID_ARGUMENT,
        () ->
            storage
                .buckets()
                .putSetting(
                    THERE, BackendBucket.SETTING, new BackendBucket("ceph", HERE).document()));
  }

  @Test
  void aBucketMayStandForWhatIsBelowAPrefix() throws IOException {
    BucketName far = new BucketName("far-away");
    storage
        .buckets()
        .putSetting(
            ALIAS,
            BackendBucket.SETTING,
            BackendBucket.parse("ceph://far-away/teams/a/".getBytes(StandardCharsets.UTF_8))
                .document());
    put(ALIAS, "k", "mine");
    assertThat(read(ceph, ref(far, "teams/a/k"))).asString().isEqualTo("mine");
    ceph.objects().put(ref(far, "teams/b/k"), write(), BytesPayload.of("theirs"));
    assertThat(
            storage.objects().list(ALIAS, new ListQuery("", null, null, 10)).objects().stream()
                .map(object -> object.key().value()))
        .containsExactly("k");
    CopyOptions options =
        new CopyOptions(
            Preconditions.NONE, null, Set.of(), Map.of(), Preconditions.NONE, "owner", null);
    assertThat(storage.objects().copy(ref(ALIAS, "k"), ref(ALIAS, "copy"), options).key().value())
        .isEqualTo("copy");
    assertThat(read(ceph, ref(far, "teams/a/copy"))).asString().isEqualTo("mine");
    fails(
        S3ErrorCode.INVALID_ARGUMENT,
        () ->
            storage
                .buckets()
                .putSetting(
                    ALIAS,
                    BackendBucket.SETTING,
                    "ceph://far-away/teams".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatTheProviderDoesNotKnowOfItsBucketIsKeptHere() throws IOException {
    byte[] document = "access=ro\n".getBytes(StandardCharsets.UTF_8);
    storage.buckets().putSetting(THERE, "properties", document);
    assertThat(aws.buckets().setting(THERE, "properties")).isEmpty();
    assertThat(attached().buckets().setting(THERE, "properties")).contains(document);
    fails(
        S3ErrorCode.NO_SUCH_BUCKET,
        () -> storage.buckets().putSetting(new BucketName("logs-none"), "properties", document));
    storage.buckets().deleteSetting(THERE, "properties");
    assertThat(attached().buckets().setting(THERE, "properties")).isEmpty();
    storage.buckets().putSetting(THERE, "properties", document);
    storage.buckets().delete(THERE);
    make(aws, THERE);
    assertThat(attached().buckets().setting(THERE, "properties")).isEmpty();
  }

  @Test
  void copiesGoFromOneBackEndToAnother() throws IOException {
    byte[] body = new byte[700_000];
    new Random(1).nextBytes(body);
    ObjectMetadata metadata = new ObjectMetadata(Map.of(), Map.of("a", "b"));
    aws.objects()
        .put(
            ref(THERE, "k"),
            new WriteOptions(
                metadata, Map.of("tagging", new byte[] {7}), Preconditions.NONE, "owner"),
            BytesPayload.of(body));
    CopyOptions options =
        new CopyOptions(
            Preconditions.NONE,
            null,
            Set.of("tagging"),
            Map.of(),
            Preconditions.NONE,
            "copier",
            ChecksumAlgorithm.SHA256);
    ObjectInfo made = storage.objects().copy(ref(THERE, "k"), ref(HERE, "k"), options);
    assertThat(made.etag().value()).isEqualTo(BytesPayload.md5Hex(body));
    assertThat(made.metadata()).isEqualTo(metadata);
    assertThat(made.ownerId()).isEqualTo("copier");
    assertThat(made.checksum(ChecksumAlgorithm.SHA256)).isPresent();
    assertThat(read(local, ref(HERE, "k"))).isEqualTo(body);
    assertThat(local.objects().document(ref(HERE, "k"), "tagging")).hasValue(new byte[] {7});
    fails(
        S3ErrorCode.NO_SUCH_KEY,
        () -> storage.objects().copy(ref(THERE, "absent"), ref(HERE, "k"), options));
  }

  @Test
  void partsAreCopiedFromOneBackEndToAnother() throws IOException {
    put(HERE, "k", "0123456789abcdef");
    UploadRef upload =
        new UploadRef(
            ALIAS,
            new ObjectKey("joined"),
            storage
                .uploads()
                .create(ref(ALIAS, "joined"), new UploadOptions(write(), null, null))
                .uploadId());
    PartInfo part =
        storage
            .uploads()
            .copyPart(
                upload,
                1,
                new PartSource(ref(HERE, "k"), new ByteRange.FromTo(2, 12), Preconditions.NONE));
    fails(
        S3ErrorCode.INVALID_RANGE,
        () ->
            storage
                .uploads()
                .copyPart(
                    upload,
                    2,
                    new PartSource(
                        ref(HERE, "k"), new ByteRange.FromTo(2, 16), Preconditions.NONE)));
    storage
        .uploads()
        .complete(
            upload,
            new CompleteOptions(
                List.of(new CompleteOptions.CompletedPart(1, part.etag(), List.of())),
                Preconditions.NONE,
                null,
                null));
    assertThat(read(ceph, ObjectRef.of("far-away", "joined")))
        .isEqualTo("23456789abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /** A method of the SPI that is not routed would do the wrong thing for providers and for here. */
  @Test
  void everyMethodIsRouted() {
    Map<Class<?>, Class<?>> stores =
        Map.of(
            BucketStore.class, AttachedBucketStore.class,
            ObjectStore.class, AttachedObjectStore.class,
            MultipartStore.class, AttachedMultipartStore.class,
            Storage.class, AttachedStorage.class);
    Set<String> overloads = Set.of("create", "setVersioning", "putSetting", "putDocument");
    List<String> missing = new ArrayList<>();
    stores.forEach(
        (spi, store) -> {
          for (Method method : spi.getMethods()) {
            boolean routed =
                Arrays.stream(store.getDeclaredMethods())
                    .anyMatch(
                        own ->
                            own.getName().equals(method.getName())
                                && (overloads.contains(method.getName())
                                    || Arrays.equals(
                                        own.getParameterTypes(), method.getParameterTypes())));
            if (!routed) {
              missing.add(spi.getSimpleName() + "." + method.getName());
            }
          }
        });
    assertThat(missing).isEmpty();
  }
}
