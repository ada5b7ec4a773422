package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
import io.sluice.model.Versioning;
import io.sluice.storage.Capability;
import io.sluice.storage.CopyOptions;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.DeleteTarget;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.VersionGuard;
import io.sluice.storage.memory.BytesPayload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store does with several versions of a key. */
public abstract class VersionContract extends ContractFixture {
  @BeforeEach
  final void enable() throws IOException {
    versioning(Versioning.ENABLED);
  }

  private String putVersion(String key, String body) throws IOException {
    return Objects.requireNonNull(put(key, body).version().id());
  }

  private VersionListing versions(
      String prefix, @Nullable String delimiter, @Nullable String key, @Nullable String id)
      throws IOException {
    return versions(new VersionQuery(prefix, delimiter, key, id, 1000));
  }

  private VersionListing versions(VersionQuery query) throws IOException {
    return storage.objects().listVersions(bucket, query);
  }

  /** Each version as {@code key:id}, a delete marker with {@code -}, the latest with {@code *}. */
  private static List<String> rows(VersionListing listing, Map<String, String> names) {
    return listing.versions().stream()
        .map(
            info ->
                info.key().value()
                    + ":"
                    + names.getOrDefault(info.version().idOrNull(), info.version().idOrNull())
                    + (info.version().deleteMarker() ? "-" : "")
                    + (info.version().latest() ? "*" : ""))
        .toList();
  }

  @Test
  void everyVersionCanBeRead() throws IOException {
    String first = putVersion("k", "1");
    String second = putVersion("k", "2");
    assertThat(first).isNotEqualTo(second).matches("[0-9a-zA-Z._~-]{1,64}");
    assertThat(text("k")).isEqualTo("2");
    assertThat(text("k", first)).isEqualTo("1");
    assertThat(text("k", second)).isEqualTo("2");
    ObjectInfo old = storage.objects().head(ref("k", first), ReadOptions.ALL);
    assertThat(old.version().latest()).isFalse();
    assertThat(head("k").version().latest()).isTrue();
    assertThat(head("k").version().id()).isEqualTo(second);
  }

  @Test
  void aVersionBelongsToItsKey() throws IOException {
    String id = putVersion("k", "1");
    putVersion("other", "2");
    fails(S3ErrorCode.NO_SUCH_VERSION, () -> text("other", id));
  }

  @Test
  void deletingPutsAMarker() throws IOException {
    String id = putVersion("k", "1");
    DeleteResult result = delete("k");
    assertThat(result.versionId()).isNull();
    String marker = Objects.requireNonNull(result.deleteMarkerVersionId());
    S3Exception missing = fails(S3ErrorCode.NO_SUCH_KEY, () -> head("k"));
    assertThat(missing.headers())
        .containsEntry("x-amz-delete-marker", "true")
        .containsEntry("x-amz-version-id", marker);
    S3Exception refused = fails(S3ErrorCode.METHOD_NOT_ALLOWED, () -> text("k", marker));
    assertThat(refused.headers())
        .containsEntry("x-amz-delete-marker", "true")
        .containsKey("Last-Modified");
    assertThat(text("k", id)).isEqualTo("1");
    assertThat(rows(versions("", null, null, null), Map.of(id, "v1", marker, "m")))
        .containsExactly("k:m-*", "k:v1");
  }

  @Test
  void deletingWhatNeverWasPutsAMarkerToo() throws IOException {
    assertThat(delete("never").deleteMarker()).isTrue();
    assertThat(delete("never").deleteMarker()).isTrue();
    assertThat(versions("", null, null, null).versions()).hasSize(2);
  }

  @Test
  void deletingAMarkerBringsTheObjectBack() throws IOException {
    putVersion("k", "1");
    String marker = Objects.requireNonNull(delete("k").deleteMarkerVersionId());
    DeleteResult result = delete("k", marker);
    assertThat(result.versionId()).isEqualTo(marker);
    assertThat(result.deleteMarkerVersionId()).isEqualTo(marker);
    assertThat(text("k")).isEqualTo("1");
    assertThat(head("k").version().latest()).isTrue();
  }

  @Test
  void deletingTheCurrentVersionUncoversTheOneBefore() throws IOException {
    String first = putVersion("k", "1");
    String second = putVersion("k", "2");
    assertThat(delete("k", second).deleteMarker()).isFalse();
    assertThat(text("k")).isEqualTo("1");
    fails(S3ErrorCode.NO_SUCH_VERSION, () -> text("k", second));
    delete("k", first);
    fails(S3ErrorCode.NO_SUCH_KEY, () -> head("k"));
    assertThat(versions("", null, null, null).versions()).isEmpty();
  }

  @Test
  void deletingTheCurrentVersionMayUncoverAMarker() throws IOException {
    putVersion("k", "1");
    String marker = Objects.requireNonNull(delete("k").deleteMarkerVersionId());
    String second = putVersion("k", "2");
    delete("k", second);
    S3Exception missing = fails(S3ErrorCode.NO_SUCH_KEY, () -> head("k"));
    assertThat(missing.headers()).containsEntry("x-amz-version-id", marker);
  }

  @Test
  void deletingAnOldVersionLeavesTheCurrentOne() throws IOException {
    String first = putVersion("k", "1");
    putVersion("k", "2");
    delete("k", first);
    assertThat(text("k")).isEqualTo("2");
    assertThat(versions("", null, null, null).versions()).hasSize(1);
    assertThat(delete("k", first).error()).isNull();
  }

  @Test
  void conditionsOfDeletionsSeeTheNamedVersion() throws IOException {
    String first = putVersion("k", "1");
    ObjectInfo second = put("k", "2");
    DeleteOptions onlySecond =
        new DeleteOptions(ifMatch(second.etag().value()), OWNER, VersionGuard.NONE);
    fails(
        S3ErrorCode.PRECONDITION_FAILED,
        () -> storage.objects().delete(ref("k", first), onlySecond));
    assertThat(text("k", first)).isEqualTo("1");
  }

  @Test
  void conditionsOfWritesTakeAMarkerForNothing() throws IOException {
    putVersion("k", "1");
    delete("k");
    storage.objects().put(ref("k"), write(ifNoneMatch("*")), BytesPayload.of("2"));
    assertThat(text("k")).isEqualTo("2");
  }

  @Test
  void theObjectFromBeforeIsTheNullVersion() throws IOException {
    BucketName fresh = new BucketName("fresh");
    create(fresh);
    ObjectRef k = ObjectRef.of(fresh, new ObjectKey("k"));
    storage.objects().put(k, write(), BytesPayload.of("old"));
    storage.buckets().setVersioning(fresh, Versioning.ENABLED);
    assertThat(storage.objects().head(k, ReadOptions.ALL).version().id()).isEqualTo("null");
    storage.objects().put(k, write(), BytesPayload.of("new"));
    assertThat(read(k.atVersion("null"), ReadOptions.ALL)).isEqualTo(new byte[] {'o', 'l', 'd'});
    assertThat(read(k, ReadOptions.ALL)).isEqualTo(new byte[] {'n', 'e', 'w'});
  }

  @Test
  void aSuspendedBucketHasOneNullVersion() throws IOException {
    String first = putVersion("k", "1");
    versioning(Versioning.SUSPENDED);
    assertThat(put("k", "2").version().id()).isEqualTo("null");
    assertThat(put("k", "3").version().id()).isEqualTo("null");
    assertThat(text("k")).isEqualTo("3");
    assertThat(text("k", "null")).isEqualTo("3");
    assertThat(text("k", first)).isEqualTo("1");
    assertThat(versions("", null, null, null).versions()).hasSize(2);
    versioning(Versioning.ENABLED);
    String fourth = putVersion("k", "4");
    assertThat(text("k", "null")).isEqualTo("3");
    assertThat(rows(versions("", null, null, null), Map.of(first, "v1", fourth, "v4")))
        .containsExactly("k:v4*", "k:null", "k:v1");
    versioning(Versioning.SUSPENDED);
    put("k", "5");
    assertThat(rows(versions("", null, null, null), Map.of(first, "v1", fourth, "v4")))
        .containsExactly("k:null*", "k:v4", "k:v1");
  }

  @Test
  void deletingInASuspendedBucketPutsANullMarker() throws IOException {
    String first = putVersion("k", "1");
    versioning(Versioning.SUSPENDED);
    put("k", "2");
    assertThat(delete("k").deleteMarkerVersionId()).isEqualTo("null");
    assertThat(delete("k").deleteMarkerVersionId()).isEqualTo("null");
    assertThat(rows(versions("", null, null, null), Map.of(first, "v1")))
        .containsExactly("k:null-*", "k:v1");
    put("k", "3");
    assertThat(rows(versions("", null, null, null), Map.of(first, "v1")))
        .containsExactly("k:null*", "k:v1");
    delete("k");
    DeleteResult undone = delete("k", "null");
    assertThat(undone.deleteMarkerVersionId()).isEqualTo("null");
    assertThat(text("k")).isEqualTo("1");
  }

  @Test
  void documentsBelongToTheirVersion() throws IOException {
    needs(Capability.ANY_DOCUMENT);
    String first = putVersion("k", "1");
    storage.objects().putDocument(ref("k"), "tagging", new byte[] {1});
    String second = putVersion("k", "2");
    assertThat(storage.objects().document(ref("k"), "tagging")).isEmpty();
    storage.objects().putDocument(ref("k", first), "acl", new byte[] {2});
    assertThat(storage.objects().document(ref("k", first), "tagging")).hasValue(new byte[] {1});
    assertThat(storage.objects().document(ref("k", first), "acl")).hasValue(new byte[] {2});
    delete("k", second);
    assertThat(storage.objects().document(ref("k"), "acl")).hasValue(new byte[] {2});
  }

  @Test
  void copyingAnOldVersionRestoresIt() throws IOException {
    byte[] body = random(LARGE, 1);
    String first = Objects.requireNonNull(put("k", body).version().id());
    putVersion("k", "2");
    CopyOptions plain =
        new CopyOptions(
            Preconditions.NONE,
            ObjectMetadata.NONE,
            Set.of(),
            Map.of(),
            Preconditions.NONE,
            OWNER,
            null);
    ObjectInfo restored = storage.objects().copy(ref("k", first), ref("k"), plain);
    assertThat(restored.version().id()).isNotEqualTo(first);
    delete("k", first);
    assertThat(read(ref("k"), ReadOptions.ALL)).isEqualTo(body);
  }

  @Test
  void deletingManyMarksAndRemoves() throws IOException {
    String a = putVersion("a", "1");
    String b1 = putVersion("b", "1");
    String b2 = putVersion("b", "2");
    List<DeleteResult> results =
        storage
            .objects()
            .deleteAll(
                bucket,
                List.of(
                    new DeleteTarget(new ObjectKey("a"), null, deletion()),
                    new DeleteTarget(new ObjectKey("b"), b2, deletion()),
                    new DeleteTarget(new ObjectKey("b"), b1, deletion())));
    assertThat(results.get(0).deleteMarker()).isTrue();
    assertThat(results.get(1).versionId()).isEqualTo(b2);
    assertThat(text("a", a)).isEqualTo("1");
    assertThat(versions("b", null, null, null).versions()).isEmpty();
  }

  @Test
  void versionsComeByKeyAndThenFromTheNewest() throws IOException {
    String b1 = putVersion("b", "1");
    String a1 = putVersion("a", "1");
    String b2 = putVersion("b", "2");
    String ab = putVersion("a/b", "1");
    String a2 = putVersion("a", "2");
    assertThat(
            rows(
                versions("", null, null, null),
                Map.of(a1, "1", a2, "2", b1, "1", b2, "2", ab, "1")))
        .containsExactly("a:2*", "a:1", "a/b:1*", "b:2*", "b:1");
    assertThat(versions("a", null, null, null).versions()).hasSize(3);
  }

  @Test
  void versionsArePaged() throws IOException {
    List<String> expected = new ArrayList<>();
    for (String key : List.of("a", "b/1", "b/2", "c", "d")) {
      for (int i = 0; i < 3; i++) {
        putVersion(key, key + i);
      }
    }
    delete("a");
    delete("d");
    putVersion("e", "e");
    versions("", null, null, null)
        .versions()
        .forEach(info -> expected.add(info.key() + ":" + info.version()));
    for (int limit = 1; limit < 20; limit++) {
      List<String> seen = new ArrayList<>();
      String key = null;
      String id = null;
      do {
        VersionListing page = versions(new VersionQuery("", null, key, id, limit));
        assertThat(page.versions()).hasSizeLessThanOrEqualTo(limit);
        page.versions().forEach(info -> seen.add(info.key() + ":" + info.version()));
        key = page.nextKeyMarker();
        id = page.nextVersionIdMarker();
      } while (key != null);
      assertThat(seen).isEqualTo(expected);
    }
  }

  @Test
  void versionsAreGrouped() throws IOException {
    for (String key : List.of("a", "b/1", "b/1", "b/2", "c/1", "d")) {
      putVersion(key, "x");
    }
    delete("c/1");
    VersionListing listing = versions("", "/", null, null);
    assertThat(listing.commonPrefixes()).containsExactly("b/", "c/");
    assertThat(listing.versions()).hasSize(2);
    VersionListing page = versions(new VersionQuery("", "/", null, null, 2));
    assertThat(page.nextKeyMarker()).isEqualTo("b/");
    assertThat(page.nextVersionIdMarker()).isNull();
    VersionListing rest = versions("", "/", "b/", null);
    assertThat(rest.commonPrefixes()).containsExactly("c/");
    assertThat(rest.versions()).hasSize(1);
  }

  @Test
  void aKeyMarkerAloneSkipsItsKey() throws IOException {
    putVersion("a", "1");
    putVersion("a", "2");
    putVersion("a!", "1");
    putVersion("b", "1");
    assertThat(versions("", null, "a", null).versions())
        .extracting(info -> info.key().value())
        .containsExactly("a!", "b");
  }

  @Test
  void aVersionMarkerThatIsGoneStillMarksItsPlace() throws IOException {
    String v1 = putVersion("a", "1");
    String v2 = putVersion("a", "2");
    String v3 = putVersion("a", "3");
    delete("a", v2);
    assertThat(rows(versions("", null, "a", v2), Map.of(v1, "1", v3, "3"))).containsExactly("a:1");
    delete("a", v3);
    assertThat(rows(versions("", null, "a", v3), Map.of(v1, "1"))).containsExactly("a:1*");
  }

  @Test
  void anUnversionedBucketListsNullVersions() throws IOException {
    BucketName plain = new BucketName("plain");
    create(plain);
    ObjectRef k = ObjectRef.of(plain, new ObjectKey("k"));
    storage.objects().put(k, write(), BytesPayload.of("x"));
    VersionListing listing =
        storage.objects().listVersions(plain, new VersionQuery("", null, null, null, 10));
    assertThat(listing.versions()).hasSize(1);
    assertThat(listing.versions().get(0).version().idOrNull()).isEqualTo("null");
    assertThat(listing.versions().get(0).version().latest()).isTrue();
  }

  @Test
  void aBucketOfMarkersIsNotEmpty() throws IOException {
    String marker = Objects.requireNonNull(delete("k").deleteMarkerVersionId());
    fails(S3ErrorCode.BUCKET_NOT_EMPTY, () -> storage.buckets().delete(bucket));
    delete("k", marker);
    storage.buckets().delete(bucket);
  }
}
