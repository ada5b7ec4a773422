package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.ObjectInfo;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.VersionGuard;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How a store changes the storage class of a version. */
public abstract class StorageClassContract extends ContractFixture {
  @Test
  void aStorageClassChangesWithNothingElse() throws IOException {
    versioning(Versioning.ENABLED);
    String first = Objects.requireNonNull(put("k", "1").version().id());
    String second = Objects.requireNonNull(put("k", "2").version().id());
    ObjectInfo before = storage.objects().head(ref("k", first), ReadOptions.ALL);
    ObjectInfo moved =
        storage.objects().setStorageClass(ref("k", first), "GLACIER", VersionGuard.NONE);
    assertThat(moved.metadata().storageClass()).isEqualTo("GLACIER");
    assertThat(moved.version().latest()).isFalse();
    assertThat(storage.objects().head(ref("k", first), ReadOptions.ALL)).isEqualTo(moved);
    assertThat(moved.modifiedAt()).isEqualTo(before.modifiedAt());
    assertThat(moved.etag()).isEqualTo(before.etag());
    storage.objects().setStorageClass(ref("k"), "STANDARD_IA", VersionGuard.NONE);
    assertThat(storage.objects().head(ref("k", second), ReadOptions.ALL).metadata().storageClass())
        .isEqualTo("STANDARD_IA");
    assertThat(text("k")).isEqualTo("2");
    storage.objects().setStorageClass(ref("k", first), "STANDARD", VersionGuard.NONE);
    assertThat(storage.objects().head(ref("k", first), ReadOptions.ALL)).isEqualTo(before);
    storage
        .objects()
        .delete(ref("k", second), new DeleteOptions(Preconditions.NONE, OWNER, VersionGuard.NONE));
    assertThat(text("k")).isEqualTo("1");
  }

  @Test
  void theGuardIsAskedBeforeAStorageClassChanges() throws IOException {
    VersionGuard keeper =
        (version, documents) -> {
          if (documents.read("keep").isPresent()) {
            throw S3ErrorCode.ACCESS_DENIED.exception();
          }
        };
    put("k", "1");
    storage.objects().putDocument(ref("k"), "keep", new byte[] {1});
    fails(
        S3ErrorCode.ACCESS_DENIED,
        () -> storage.objects().setStorageClass(ref("k"), "GLACIER", keeper));
    fails(
        S3ErrorCode.NO_SUCH_KEY,
        () -> storage.objects().setStorageClass(ref("none"), "GLACIER", VersionGuard.NONE));
    assertThat(storage.objects().head(ref("k"), ReadOptions.ALL).metadata().storageClass())
        .isEqualTo("STANDARD");
  }
}
