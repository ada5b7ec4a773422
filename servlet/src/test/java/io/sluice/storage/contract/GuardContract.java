package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.model.Preconditions;
import io.sluice.model.Versioning;
import io.sluice.storage.BucketStore.BucketGuard;
import io.sluice.storage.Capability;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.DeleteTarget;
import io.sluice.storage.VersionGuard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a store asks those who have a say before something is removed or changed. */
public abstract class GuardContract extends ContractFixture {
  private static final int ROUNDS = 200;

  /** Lets go only of what has no document {@code keep}. */
  private static final VersionGuard KEEPER =
      (version, documents) -> {
        if (documents.read("keep").isPresent()) {
          throw S3ErrorCode.ACCESS_DENIED.exception();
        }
      };

  private static DeleteOptions guarded(VersionGuard guard) {
    return new DeleteOptions(Preconditions.NONE, OWNER, guard);
  }

  private String putVersion(String key, String body) throws IOException {
    return Objects.requireNonNull(put(key, body).version().id());
  }

  private void keep(String key, String id) throws IOException {
    storage.objects().putDocument(ref(key, id), "keep", new byte[] {1});
  }

  @Test
  void aNamedVersionGoesWhenTheGuardLetsIt() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    versioning(Versioning.ENABLED);
    String first = putVersion("k", "1");
    String second = putVersion("k", "2");
    keep("k", first);
    fails(
        S3ErrorCode.ACCESS_DENIED,
        () -> storage.objects().delete(ref("k", first), guarded(KEEPER)));
    storage.objects().delete(ref("k", second), guarded(KEEPER));
    assertThat(text("k")).isEqualTo("1");
    keep("k", first);
    fails(
        S3ErrorCode.ACCESS_DENIED,
        () -> storage.objects().delete(ref("k", first), guarded(KEEPER)));
    assertThat(text("k")).isEqualTo("1");
  }

  @Test
  void theGuardSeesTheVersionThatIsNamed() throws IOException {
    versioning(Versioning.ENABLED);
    String first = putVersion("k", "1");
    putVersion("k", "22");
    List<String> seen = new ArrayList<>();
    storage
        .objects()
        .delete(
            ref("k", first),
            guarded(
                (version, documents) -> seen.add(version.version().id() + version.sizeBytes())));
    assertThat(seen).containsExactly(first + 1);
  }

  @Test
  void markersAreNobodysConcern() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    versioning(Versioning.ENABLED);
    String id = putVersion("k", "1");
    keep("k", id);
    VersionGuard never =
        (version, documents) -> {
          throw S3ErrorCode.ACCESS_DENIED.exception();
        };
    DeleteResult marked = storage.objects().delete(ref("k"), guarded(never));
    storage.objects().delete(ref("k", marked.deleteMarkerVersionId()), guarded(never));
    storage.objects().delete(ref("k", "absent"), guarded(never));
    assertThat(text("k")).isEqualTo("1");
  }

  @Test
  void theOnlyVersionOfAnUnversionedKeyIsGuardedToo() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    put("k", "1");
    storage.objects().putDocument(ref("k"), "keep", new byte[] {1});
    fails(S3ErrorCode.ACCESS_DENIED, () -> storage.objects().delete(ref("k"), guarded(KEEPER)));
    assertThat(text("k")).isEqualTo("1");
  }

  @Test
  void ofManyOnlyTheGuardedStay() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    versioning(Versioning.ENABLED);
    String a = putVersion("a", "1");
    String b = putVersion("b", "1");
    keep("a", a);
    List<DeleteResult> results =
        storage
            .objects()
            .deleteAll(
                bucket,
                List.of(
                    new DeleteTarget(new ObjectKey("a"), a, guarded(KEEPER)),
                    new DeleteTarget(new ObjectKey("b"), b, guarded(KEEPER))));
    assertThat(Objects.requireNonNull(results.get(0).error()).code())
        .isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(results.get(1).error()).isNull();
    assertThat(text("a")).isEqualTo("1");
    fails(S3ErrorCode.NO_SUCH_KEY, () -> head("b"));
  }

  @Test
  void aDocumentChangesWhenTheGuardLetsIt() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    put("k", "1");
    VersionGuard unset =
        (version, documents) -> {
          if (documents.read("once").isPresent()) {
            throw S3ErrorCode.ACCESS_DENIED.exception();
          }
        };
    storage.objects().putDocument(ref("k"), "once", new byte[] {1}, unset);
    fails(
        S3ErrorCode.ACCESS_DENIED,
        () -> storage.objects().putDocument(ref("k"), "once", new byte[] {2}, unset));
    assertThat(storage.objects().document(ref("k"), "once")).hasValue(new byte[] {1});
  }

  /** A removal and a change that forbids it: whoever is second must see the first. */
  @Test
  void aRemovalAndALockThatRaceNeverBothSucceed() throws Exception {
    needs(Capability.ANY_DOCUMENT);
    versioning(Versioning.ENABLED);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String id = putVersion("k", "1");
        Future<Boolean> removed =
            pool.submit(
                () -> succeeds(() -> storage.objects().delete(ref("k", id), guarded(KEEPER))));
        Future<Boolean> locked = pool.submit(() -> succeeds(() -> keep("k", id)));
        boolean gone = removed.get(30, TimeUnit.SECONDS);
        assertThat(locked.get(30, TimeUnit.SECONDS)).as("round %d", round).isNotEqualTo(gone);
        assertThat(succeeds(() -> text("k", id))).as("round %d", round).isNotEqualTo(gone);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** Two changes of one document of which each may only raise it: the higher one stays. */
  @Test
  void ofTwoChangesThatRaceTheSecondSeesTheFirst() throws Exception {
    needs(Capability.ANY_DOCUMENT);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        put("k", "1");
        storage.objects().putDocument(ref("k"), "level", new byte[] {1});
        Future<Boolean> low = pool.submit(() -> succeeds(() -> raise((byte) 2)));
        Future<Boolean> high = pool.submit(() -> succeeds(() -> raise((byte) 3)));
        assertThat(high.get(30, TimeUnit.SECONDS)).isTrue();
        low.get(30, TimeUnit.SECONDS);
        assertThat(storage.objects().document(ref("k"), "level")).hasValue(new byte[] {3});
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void raise(byte level) throws IOException {
    storage
        .objects()
        .putDocument(
            ref("k"),
            "level",
            new byte[] {level},
            (version, documents) -> {
              if (documents.read("level").orElseThrow()[0] > level) {
                throw S3ErrorCode.ACCESS_DENIED.exception();
              }
            });
  }

  private interface Action {
    void run() throws IOException;
  }

  private static boolean succeeds(Action action) throws IOException {
    try {
      action.run();
      return true;
    } catch (io.sluice.error.S3Exception e) {
      return false;
    }
  }

  @Test
  void aBucketIsMadeWithItsSettingsAndState() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    BucketName name = new BucketName("settled");
    BucketInfo info = info(name, OWNER);
    BucketInfo enabled =
        new BucketInfo(
            name, info.createdAt(), info.region(), OWNER, Versioning.ENABLED, info.provider());
    storage.buckets().create(enabled, Map.of("object-lock", new byte[] {7}));
    assertThat(storage.buckets().head(name)).isEqualTo(enabled);
    assertThat(storage.buckets().setting(name, "object-lock")).hasValue(new byte[] {7});
    assertThat(storage.buckets().setting(bucket, "object-lock")).isEmpty();
  }

  @Test
  void aBucketChangesWhenTheGuardLetsIt() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    BucketGuard unlocked =
        (info, settings) -> {
          if (settings.read("lock").isPresent()) {
            throw S3ErrorCode.INVALID_BUCKET_STATE.exception();
          }
        };
    BucketGuard versioned =
        (info, settings) -> {
          if (info.versioning() != Versioning.ENABLED) {
            throw S3ErrorCode.INVALID_BUCKET_STATE.exception();
          }
        };
    byte[] document = {1};
    fails(
        S3ErrorCode.INVALID_BUCKET_STATE,
        () -> storage.buckets().putSetting(bucket, "lock", document, versioned));
    assertThat(storage.buckets().setting(bucket, "lock")).isEmpty();
    storage.buckets().setVersioning(bucket, Versioning.ENABLED, unlocked);
    storage.buckets().putSetting(bucket, "lock", document, versioned);
    fails(
        S3ErrorCode.INVALID_BUCKET_STATE,
        () -> storage.buckets().setVersioning(bucket, Versioning.SUSPENDED, unlocked));
    assertThat(storage.buckets().head(bucket).versioning()).isEqualTo(Versioning.ENABLED);
    assertThat(storage.buckets().setting(bucket, "lock")).hasValue(document);
  }
}
