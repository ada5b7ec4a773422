package io.sluice.lifecycle;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.lifecycle.LifecyclePlan.Action;
import io.sluice.lifecycle.LifecyclePlan.Expire;
import io.sluice.lifecycle.LifecyclePlan.Move;
import io.sluice.lifecycle.LifecyclePlan.Remove;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ListQuery;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.model.UploadInfo;
import io.sluice.model.VersionListing;
import io.sluice.model.VersionQuery;
import io.sluice.model.Versioning;
import io.sluice.operation.ObjectLocks;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.DeleteOptions;
import io.sluice.storage.DeleteResult;
import io.sluice.storage.DeleteTarget;
import io.sluice.storage.ReadOptions;
import io.sluice.storage.Storage;
import io.sluice.storage.UploadListing;
import io.sluice.storage.UploadQuery;
import io.sluice.storage.UploadRef;
import io.sluice.storage.VersionGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over a bucket: it reads the listing page by page and does what is due. Whatever a client
 * did to a version since it was listed wins, for the store compares at commit; a locked version
 * stays. How far a pass came is a setting of the bucket, so that a restart goes on from there.
 * Confined to one thread.
 */
final class LifecycleScan {
  private static final Logger LOG = LoggerFactory.getLogger(LifecycleScan.class);

  /** What is no news: a client was faster, or a lock holds. */
  private static final Set<S3ErrorCode> EXPECTED =
      Set.of(
          S3ErrorCode.PRECONDITION_FAILED,
          S3ErrorCode.NO_SUCH_KEY,
          S3ErrorCode.NO_SUCH_VERSION,
          S3ErrorCode.NO_SUCH_UPLOAD,
          S3ErrorCode.METHOD_NOT_ALLOWED,
          S3ErrorCode.ACCESS_DENIED);

  private final Storage storage;
  private final LifecycleDays days;
  private final Pace pace;
  private final VersionGuard locks;
  private int done;

  /** Has a scan wait between its pages. */
  interface Pace {
    /**
     * Waits after so many changes.
     *
     * @return whether to go on
     */
    boolean goOn(int changes);
  }

  LifecycleScan(Storage storage, LifecycleDays days, ObjectLocks locks, Pace pace) {
    this.storage = storage;
    this.days = days;
    this.pace = pace;
    this.locks = locks.expiration();
  }

  /**
   * Does what is due in a bucket.
   *
   * @return whether it came to the end
   */
  boolean run(BucketInfo bucket, LifecycleConfiguration configuration, Instant now)
      throws IOException {
    done = 0;
    LifecyclePlan plan = new LifecyclePlan(storage, bucket.name(), configuration, days, now);
    boolean ended = versions(bucket, plan) && uploads(bucket.name(), configuration, now);
    if (done > 0) {
      LOG.info("Lifecycle of {}: {} changes", bucket.name(), done);
    }
    return ended;
  }

  private boolean versions(BucketInfo bucket, LifecyclePlan plan) throws IOException {
    BucketStore buckets = storage.buckets();
    String position =
        buckets
            .setting(bucket.name(), LifecycleConfiguration.POSITION)
            .map(document -> new String(document, StandardCharsets.UTF_8))
            .orElse(null);
    String stored = position;
    VersionListing page = page(bucket, plan, position, null);
    while (page != null) {
      // The next page first: its marker is a version that this one may remove.
      String key = page.nextKeyMarker();
      VersionListing next =
          key == null ? null : page(bucket, plan, key, page.nextVersionIdMarker());
      for (ObjectInfo version : page.versions()) {
        plan.next(version);
      }
      if (next == null) {
        plan.end();
      }
      int changes = perform(bucket, plan.drain());
      position = next == null ? position : finished(page, next, position);
      if (next != null && position != null && !position.equals(stored)) {
        buckets.putSetting(
            bucket.name(),
            LifecycleConfiguration.POSITION,
            position.getBytes(StandardCharsets.UTF_8));
        stored = position;
      }
      if (!pace.goOn(changes)) {
        return false;
      }
      page = next;
    }
    if (stored != null) {
      buckets.deleteSetting(bucket.name(), LifecycleConfiguration.POSITION);
    }
    return true;
  }

  private VersionListing page(
      BucketInfo bucket, LifecyclePlan plan, @Nullable String key, @Nullable String versionId)
      throws IOException {
    return storage
        .objects()
        .listVersions(
            bucket.name(),
            new VersionQuery(plan.prefix(), null, key, versionId, ListQuery.MAX_LIMIT));
  }

  /** The last key of which the next page holds nothing, or what was finished before. */
  private static @Nullable String finished(
      VersionListing page, VersionListing next, @Nullable String before) {
    String open = next.versions().isEmpty() ? null : next.versions().get(0).key().value();
    List<ObjectInfo> versions = page.versions();
    for (int i = versions.size() - 1; i >= 0; i--) {
      String key = versions.get(i).key().value();
      if (!key.equals(open)) {
        return key;
      }
    }
    return before;
  }

  private int perform(BucketInfo bucket, List<Action> actions) throws IOException {
    List<DeleteTarget> deletions = new ArrayList<>();
    int changes = 0;
    for (Action action : actions) {
      ObjectInfo version = action.version();
      if (action instanceof Expire) {
        deletions.add(expiration(bucket, version));
      } else if (action instanceof Remove) {
        if (!version.version().deleteMarker() || mayGo(bucket.name(), version)) {
          deletions.add(removal(bucket, version));
        }
      } else if (action instanceof Move move) {
        changes += move(bucket.name(), move);
      }
    }
    if (!deletions.isEmpty()) {
      for (DeleteResult result : storage.objects().deleteAll(bucket.name(), deletions)) {
        changes += result.error() == null ? 1 : failed(bucket.name(), result.error());
      }
    }
    done += changes;
    return changes;
  }

  /** In a versioned bucket a delete marker, which takes nothing away; else the object goes. */
  private DeleteTarget expiration(BucketInfo bucket, ObjectInfo seen) {
    if (bucket.versioning() == Versioning.UNVERSIONED) {
      VersionGuard guard =
          (version, documents) -> {
            requireUnchanged(seen, version);
            locks.check(version, documents);
          };
      DeleteOptions options = new DeleteOptions(asSeen(seen), bucket.ownerId(), guard);
      return new DeleteTarget(seen.key(), null, options);
    }
    DeleteOptions options = new DeleteOptions(asSeen(seen), bucket.ownerId(), locks);
    return new DeleteTarget(seen.key(), null, options);
  }

  private static Preconditions asSeen(ObjectInfo seen) {
    return new Preconditions(
        List.of(seen.etag()),
        null,
        null,
        null,
        seen.modifiedAt().truncatedTo(ChronoUnit.SECONDS),
        seen.sizeBytes());
  }

  private DeleteTarget removal(BucketInfo bucket, ObjectInfo seen) {
    VersionGuard guard =
        (version, documents) -> {
          requireUnchanged(seen, version);
          if (version.version().latest()) {
            throw Preconditions.failed("noncurrent");
          }
          locks.check(version, documents);
        };
    return new DeleteTarget(
        seen.key(),
        seen.version().idOrNull(),
        new DeleteOptions(Preconditions.NONE, bucket.ownerId(), guard));
  }

  private static void requireUnchanged(ObjectInfo seen, ObjectInfo now) {
    if (!seen.modifiedAt().equals(now.modifiedAt()) || !seen.etag().equals(now.etag())) {
      throw Preconditions.failed("unchanged");
    }
  }

  /** Whether a marker still is what it was: newest with nothing below, or not the newest. */
  private boolean mayGo(BucketName bucket, ObjectInfo marker) throws IOException {
    if (marker.version().latest()) {
      return true;
    }
    try {
      storage.objects().head(ObjectRef.of(bucket, marker.key()), ReadOptions.ALL);
      return true;
    } catch (S3Exception e) {
      Map<String, String> headers = e.headers();
      return !marker.version().idOrNull().equals(headers.get("x-amz-version-id"));
    }
  }

  private int move(BucketName bucket, Move move) throws IOException {
    ObjectInfo seen = move.version();
    ObjectRef ref = new ObjectRef(bucket, seen.key(), seen.version().id());
    try {
      storage
          .objects()
          .setStorageClass(
              ref, move.storageClass(), (version, documents) -> requireUnchanged(seen, version));
      return 1;
    } catch (S3Exception e) {
      return failed(bucket, e);
    }
  }

  private static int failed(BucketName bucket, S3Exception error) {
    if (!EXPECTED.contains(error.code())) {
      LOG.warn("Lifecycle of {}: {}", bucket, error.getMessage());
    }
    return 0;
  }

  private boolean uploads(BucketName bucket, LifecycleConfiguration configuration, Instant now)
      throws IOException {
    List<LifecycleRule> rules =
        configuration.rules().stream()
            .filter(rule -> rule.enabled() && rule.abortIncompleteMultipartUpload() != null)
            .toList();
    if (rules.isEmpty() || !storage.capabilities().contains(Capability.MULTIPART)) {
      return true;
    }
    UploadListing page = uploadPage(bucket, null, null);
    while (true) {
      String key = page.nextKeyMarker();
      UploadListing next = key == null ? null : uploadPage(bucket, key, page.nextUploadIdMarker());
      int changes = 0;
      for (UploadInfo upload : page.uploads()) {
        if (rules.stream().anyMatch(rule -> aborts(rule, upload, now))) {
          changes += abort(new UploadRef(bucket, upload.key(), upload.uploadId()));
        }
      }
      done += changes;
      if (!pace.goOn(changes)) {
        return false;
      }
      if (next == null) {
        return true;
      }
      page = next;
    }
  }

  private UploadListing uploadPage(
      BucketName bucket, @Nullable String key, @Nullable String uploadId) throws IOException {
    UploadQuery query = new UploadQuery("", null, key, uploadId, ListQuery.MAX_LIMIT);
    return storage.uploads().list(bucket, query);
  }

  private boolean aborts(LifecycleRule rule, UploadInfo upload, Instant now) {
    Instant at = rule.abortsAt(upload.initiatedAt(), days);
    return at != null && !at.isAfter(now) && rule.matchesKey(upload.key().value());
  }

  private int abort(UploadRef upload) throws IOException {
    try {
      storage.uploads().abort(upload);
      return 1;
    } catch (S3Exception e) {
      return failed(upload.bucket(), e);
    }
  }
}
