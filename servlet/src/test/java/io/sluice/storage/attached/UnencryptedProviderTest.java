package io.sluice.storage.attached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.PartInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.model.encryption.Encryption;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
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
import io.sluice.storage.contract.TestKeys;
import io.sluice.storage.encryption.DataKey;
import io.sluice.storage.encryption.Envelope;
import io.sluice.storage.encryption.KeyUnwrapping;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What shall be encrypted never reaches a provider that would keep it in the clear. */
class UnencryptedProviderTest {
  private static final ObjectRef HERE = ObjectRef.of("here", "k");
  private static final ObjectRef THERE = ObjectRef.of("there", "k");
  private static final String TEXT = "0123456789abcdef";

  private final MemoryStorage local = new MemoryStorage(1);
  private final MemoryStorage remote = new MemoryStorage(1);
  private Storage storage = local;

  @BeforeEach
  void attach() throws IOException {
    storage =
        new AttachedStorageComposer()
            .compose(local, Map.of("aws", new Unencrypted(remote)), Map.of("aws", "there"));
  }

  /** A back end that would ignore the keys that it is given. */
  private record Unencrypted(Storage base) implements Storage {
    @Override
    public BucketStore buckets() {
      return base.buckets();
    }

    @Override
    public ObjectStore objects() {
      return base.objects();
    }

    @Override
    public MultipartStore uploads() {
      return base.uploads();
    }

    @Override
    public Set<Capability> capabilities() {
      return EnumSet.complementOf(EnumSet.of(Capability.ENCRYPTION));
    }

    @Override
    public void close() throws IOException {
      base.close();
    }
  }

  /** A client's own key: nothing that is not encrypted by it may be read with it. */
  private static final KeyUnwrapping CUSTOMER =
      new KeyUnwrapping() {
        @Override
        public void admit(@Nullable Encryption encryption) {
          if (encryption == null) {
            throw S3ErrorCode.INVALID_REQUEST.exception();
          }
        }

        @Override
        public DataKey unwrap(Encryption encryption, Envelope envelope) {
          throw new IllegalStateException("not encrypted");
        }
      };

  @BeforeEach
  void create() throws IOException {
    make(local, HERE.bucket());
    make(remote, THERE.bucket());
    local.objects().put(HERE, write(TestKeys.SERVER), BytesPayload.of(TEXT));
    remote.objects().put(THERE, write(null), BytesPayload.of(TEXT));
  }

  private static void make(Storage where, BucketName name) throws IOException {
    where
        .buckets()
        .create(new BucketInfo(name, Instant.now(), "", "owner", Versioning.UNVERSIONED, ""));
  }

  private static WriteOptions write(@Nullable TestKeys keys) {
    return new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "owner", keys);
  }

  private static CopyOptions copying(KeyUnwrapping from, @Nullable TestKeys to) {
    return new CopyOptions(
            Preconditions.NONE, null, Set.of(), Map.of(), Preconditions.NONE, "owner", null)
        .withEncryption(from, to);
  }

  private UploadRef upload(ObjectRef target, @Nullable TestKeys keys) throws IOException {
    UploadOptions options = new UploadOptions(write(keys), null, null);
    String id = storage.uploads().create(target, options).uploadId();
    return new UploadRef(target.bucket(), target.key(), id);
  }

  private String read(ObjectRef ref, KeyUnwrapping keys) throws IOException {
    ContractFixture.Collected collected = new ContractFixture.Collected();
    try (ObjectContent content = storage.objects().get(ref, ReadOptions.ALL.with(keys))) {
      content.transferTo(collected);
    }
    return new String(collected.toBytes(), StandardCharsets.US_ASCII);
  }

  private static void fails(S3ErrorCode code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void noWriteToBeEncryptedGoesThere() throws IOException {
    ObjectRef fresh = ObjectRef.of(THERE.bucket(), new ObjectKey("fresh"));
    UploadRef plain = upload(fresh, null);
    PartSource source =
        new PartSource(HERE, null, Preconditions.NONE, TestKeys.SERVER, TestKeys.KMS);
    PartSource within =
        new PartSource(THERE, null, Preconditions.NONE, KeyUnwrapping.NONE, TestKeys.KMS);

    for (ThrowingCallable action :
        List.<ThrowingCallable>of(
            () -> storage.objects().put(fresh, write(TestKeys.SERVER), BytesPayload.of(TEXT)),
            () -> storage.objects().append(THERE, 16, write(TestKeys.KMS), BytesPayload.of(TEXT)),
            () -> storage.objects().copy(HERE, fresh, copying(TestKeys.SERVER, TestKeys.KMS)),
            () -> storage.objects().copy(THERE, fresh, copying(KeyUnwrapping.NONE, TestKeys.KMS)),
            () -> upload(fresh, TestKeys.KMS),
            () -> storage.uploads().uploadPart(plain, 1, BytesPayload.of(TEXT), TestKeys.KMS),
            () -> storage.uploads().copyPart(plain, 1, source),
            () -> storage.uploads().copyPart(plain, 1, within))) {
      fails(S3ErrorCode.NOT_IMPLEMENTED, action);
    }

    fails(S3ErrorCode.NO_SUCH_KEY, () -> read(fresh, KeyUnwrapping.NONE));
    assertThat(storage.uploads().listParts(plain, 0, 10)).isEmpty();
    assertThat(read(THERE, KeyUnwrapping.NONE)).isEqualTo(TEXT);
  }

  @Test
  void noClientsKeyOpensWhatIsThere() {
    fails(S3ErrorCode.INVALID_REQUEST, () -> read(THERE, CUSTOMER));
    fails(
        S3ErrorCode.INVALID_REQUEST,
        () -> storage.objects().head(THERE, ReadOptions.ALL.with(CUSTOMER)));
    fails(
        S3ErrorCode.INVALID_REQUEST,
        () -> storage.objects().copy(THERE, HERE, copying(CUSTOMER, null)));
    fails(
        S3ErrorCode.INVALID_REQUEST,
        () ->
            storage
                .uploads()
                .copyPart(
                    upload(HERE, null),
                    1,
                    new PartSource(THERE, null, Preconditions.NONE, CUSTOMER, null)));
  }

  @Test
  void copiesAreDecryptedAndEncryptedOnTheirWay() throws IOException {
    ObjectRef fetched = ObjectRef.of(HERE.bucket(), new ObjectKey("fetched"));
    storage.objects().copy(HERE, THERE, copying(TestKeys.SERVER, null));
    storage.objects().copy(THERE, fetched, copying(KeyUnwrapping.NONE, TestKeys.KMS));

    assertThat(read(THERE, KeyUnwrapping.NONE)).isEqualTo(TEXT);
    assertThat(read(fetched, TestKeys.KMS)).isEqualTo(TEXT);
    assertThat(storage.objects().head(fetched, ReadOptions.ALL).encryption())
        .isEqualTo(TestKeys.KMS.encryption());
  }

  @Test
  void copiedPartsAreDecryptedAndEncryptedOnTheirWay() throws IOException {
    for (boolean outward : new boolean[] {true, false}) {
      ObjectRef source = outward ? HERE : THERE;
      KeyUnwrapping sourceKeys = outward ? TestKeys.SERVER : KeyUnwrapping.NONE;
      TestKeys targetKeys = outward ? null : TestKeys.KMS;
      ObjectRef target =
          ObjectRef.of(outward ? THERE.bucket() : HERE.bucket(), new ObjectKey("joined"));
      UploadRef upload = upload(target, targetKeys);
      PartInfo part =
          storage
              .uploads()
              .copyPart(
                  upload,
                  1,
                  new PartSource(source, null, Preconditions.NONE, sourceKeys, targetKeys));
      storage
          .uploads()
          .complete(
              upload,
              new CompleteOptions(
                  List.of(new CompleteOptions.CompletedPart(1, part.etag(), List.of())),
                  Preconditions.NONE,
                  null,
                  null));
      assertThat(read(target, outward ? KeyUnwrapping.NONE : TestKeys.KMS)).isEqualTo(TEXT);
    }
  }
}
