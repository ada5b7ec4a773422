package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.Capability;
import io.sluice.storage.UploadOptions;
import io.sluice.storage.UploadQuery;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.memory.BytesPayload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a store does with buckets. */
public abstract class BucketContract extends ContractFixture {
  private static final BucketName OTHER = new BucketName("other");

  @Test
  void aBucketComesBackAsItWasMade() throws IOException {
    needs(Capability.EXACT_INFORMATION);
    BucketInfo made =
        new BucketInfo(
            OTHER,
            java.time.Instant.ofEpochMilli(1_700_000_000_123L),
            "eu-central-1",
            "somebody",
            Versioning.UNVERSIONED,
            "ais");
    storage.buckets().create(made);
    assertThat(storage.buckets().head(OTHER)).isEqualTo(made);
  }

  @Test
  void aTakenNameIsRefused() {
    fails(S3ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU, () -> create(bucket));
  }

  @Test
  void aNameTakenBySomebodyElseIsRefused() {
    needs(Capability.EXACT_INFORMATION);
    fails(
        S3ErrorCode.BUCKET_ALREADY_EXISTS,
        () -> storage.buckets().create(info(bucket, "somebody else")));
  }

  @Test
  void anAbsentBucketIsSaidToBeSo() {
    needs(Capability.BUCKET_SETTINGS);
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> storage.buckets().head(OTHER));
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> storage.buckets().delete(OTHER));
    fails(
        S3ErrorCode.NO_SUCH_BUCKET,
        () -> storage.buckets().setVersioning(OTHER, Versioning.ENABLED));
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> storage.buckets().setting(OTHER, "cors"));
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> storage.buckets().deleteSetting(OTHER, "cors"));
  }

  @Test
  void anAbsentBucketTakesNoSetting() {
    needs(Capability.ANY_DOCUMENT);
    fails(
        S3ErrorCode.NO_SUCH_BUCKET, () -> storage.buckets().putSetting(OTHER, "cors", new byte[1]));
  }

  @Test
  void onlyAnEmptyBucketIsDeleted() throws IOException {
    put("k", "x");
    fails(S3ErrorCode.BUCKET_NOT_EMPTY, () -> storage.buckets().delete(bucket));
    assertThat(text("k")).isEqualTo("x");
    delete("k");
    storage.buckets().delete(bucket);
    fails(S3ErrorCode.NO_SUCH_BUCKET, () -> storage.buckets().head(bucket));
  }

  @Test
  void aNewBucketOfAnOldNameIsEmpty() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    storage.buckets().putSetting(bucket, "cors", new byte[] {1});
    versioning(Versioning.ENABLED);
    storage.uploads().create(ref("k"), new UploadOptions(write(), null, null));
    storage.buckets().delete(bucket);
    create(bucket);
    assertThat(storage.buckets().setting(bucket, "cors")).isEmpty();
    assertThat(storage.buckets().head(bucket).versioning()).isEqualTo(Versioning.UNVERSIONED);
    assertThat(storage.uploads().list(bucket, new UploadQuery("", null, null, null, 10)).uploads())
        .isEmpty();
  }

  @Test
  void bucketsAreListedByName() throws IOException {
    for (String name : List.of("zeta", "alpha", "beta", "beta-2")) {
      create(new BucketName(name));
    }
    assertThat(names("", null, 100)).containsExactly("alpha", "beta", "beta-2", "contract", "zeta");
    assertThat(names("beta", null, 100)).containsExactly("beta", "beta-2");
    assertThat(names("", "beta", 100)).containsExactly("beta-2", "contract", "zeta");
    assertThat(names("", "bet", 1)).containsExactly("beta");
    assertThat(names("beta", "beta", 5)).containsExactly("beta-2");
    assertThat(names("alpha", "beta", 5)).isEmpty();
  }

  private List<String> names(String prefix, @Nullable String after, int limit) throws IOException {
    return storage.buckets().list(prefix, after, limit).stream()
        .map(info -> info.name().value())
        .toList();
  }

  @Test
  void versioningIsRemembered() throws IOException {
    versioning(Versioning.ENABLED);
    assertThat(storage.buckets().head(bucket).versioning()).isEqualTo(Versioning.ENABLED);
    versioning(Versioning.SUSPENDED);
    assertThat(storage.buckets().head(bucket).versioning()).isEqualTo(Versioning.SUSPENDED);
  }

  @Test
  void settingsAreKeptAndReplaced() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    assertThat(storage.buckets().setting(bucket, "cors")).isEmpty();
    storage.buckets().putSetting(bucket, "cors", new byte[] {1});
    storage.buckets().putSetting(bucket, "policy", new byte[] {2});
    storage.buckets().putSetting(bucket, "cors", new byte[] {3});
    assertThat(storage.buckets().setting(bucket, "cors")).hasValue(new byte[] {3});
    storage.buckets().deleteSetting(bucket, "cors");
    storage.buckets().deleteSetting(bucket, "cors");
    assertThat(storage.buckets().setting(bucket, "cors")).isEmpty();
    assertThat(storage.buckets().setting(bucket, "policy")).hasValue(new byte[] {2});
  }

  @Test
  void aBucketThatGoesDuringAWriteRefusesIt() throws IOException {
    BytesPayload deleting =
        BytesPayload.watched(new byte[5], () -> storage.buckets().delete(bucket));
    fails(
        S3ErrorCode.NO_SUCH_BUCKET,
        () ->
            storage
                .objects()
                .put(
                    ref("k"),
                    new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, OWNER),
                    deleting));
  }
}
