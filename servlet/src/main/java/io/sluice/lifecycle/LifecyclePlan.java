package io.sluice.lifecycle;

import io.sluice.lifecycle.LifecycleRule.NoncurrentVersionExpiration;
import io.sluice.lifecycle.LifecycleRule.NoncurrentVersionTransition;
import io.sluice.lifecycle.LifecycleRule.Transition;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.operation.ObjectTagging.Tag;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of a bucket want done with its versions, which come in the order of a listing: the
 * versions of a key from the newest to the oldest. Confined to one thread.
 */
final class LifecyclePlan {
  /** AWS: objects below 128 KiB stay in their class unless a rule names sizes. */
  private static final long MIN_TRANSITION_BYTES = 128 * 1024;

  private final Storage storage;
  private final BucketName bucket;
  private final LifecycleConfiguration configuration;
  private final LifecycleDays days;
  private final Instant now;
  private final List<LifecycleRule> rules;

  private @Nullable ObjectInfo newer;
  private @Nullable ObjectInfo loneMarker;
  private int newerNoncurrent;
  private final List<Action> actions = new ArrayList<>();

  /** Something to be done with a version as it was seen. */
  sealed interface Action {
    ObjectInfo version();
  }

  /** The current version expires. */
  record Expire(ObjectInfo version) implements Action {}

  /** A noncurrent version, or a delete marker that covers nothing, goes for good. */
  record Remove(ObjectInfo version) implements Action {}

  /** A version changes its storage class. */
  record Move(ObjectInfo version, String storageClass) implements Action {}

  LifecyclePlan(
      Storage storage,
      BucketName bucket,
      LifecycleConfiguration configuration,
      LifecycleDays days,
      Instant now) {
    this.storage = storage;
    this.bucket = bucket;
    this.configuration = configuration;
    this.days = days;
    this.now = now;
    this.rules = configuration.rules().stream().filter(LifecycleRule::enabled).toList();
  }

  /** What all keys begin with that a rule is about. */
  String prefix() {
    String common = null;
    for (LifecycleRule rule : rules) {
      String prefix = rule.predicates().prefix();
      String own = prefix == null ? "" : prefix;
      common = common == null ? own : common(common, own);
    }
    return common == null ? "" : common;
  }

  private static String common(String a, String b) {
    int length = 0;
    while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
      length++;
    }
    boolean splitsPair = length > 0 && Character.isHighSurrogate(a.charAt(length - 1));
    return a.substring(0, splitsPair ? length - 1 : length);
  }

  /** Takes the next version of the listing. */
  void next(ObjectInfo version) throws IOException {
    ObjectInfo before = newer;
    if (before == null || !before.key().equals(version.key())) {
      endOfKey();
      before = null;
    }
    loneMarker = null;
    if (before != null && !version.version().latest()) {
      noncurrent(version, before.modifiedAt());
    } else if (version.version().deleteMarker()) {
      loneMarker = version;
    } else if (version.version().latest()) {
      current(version);
    }
    newer = version;
  }

  /** Ends the listing. */
  void end() {
    endOfKey();
  }

  /** What was decided since the last call. */
  List<Action> drain() {
    List<Action> drained = List.copyOf(actions);
    actions.clear();
    return drained;
  }

  private void endOfKey() {
    ObjectInfo marker = loneMarker;
    if (marker != null && rules.stream().anyMatch(rule -> dropsMarker(rule, marker))) {
      actions.add(new Remove(marker));
    }
    loneMarker = null;
    newer = null;
    newerNoncurrent = 0;
  }

  private boolean dropsMarker(LifecycleRule rule, ObjectInfo marker) {
    LifecycleRule.Expiration expiration = rule.expiration();
    return expiration != null
        && rule.matchesMarker(marker.key().value())
        && (Boolean.TRUE.equals(expiration.expiredObjectDeleteMarker())
            || due(rule.expiresAt(marker.modifiedAt(), days)));
  }

  private boolean due(@Nullable Instant at) {
    return at != null && !at.isAfter(now);
  }

  private List<LifecycleRule> matching(ObjectInfo version) throws IOException {
    List<LifecycleRule> matching = new ArrayList<>();
    List<Tag> tags = null;
    for (LifecycleRule rule : rules) {
      if (version.version().deleteMarker()) {
        if (rule.matchesMarker(version.key().value())) {
          matching.add(rule);
        }
      } else if (rule.matches(version.key().value(), version.sizeBytes())) {
        if (rule.hasTags() && tags == null) {
          ObjectRef ref = new ObjectRef(bucket, version.key(), version.version().id());
          tags = Lifecycles.tags(storage, ref);
        }
        if (rule.matchesTags(tags == null ? List.of() : tags)) {
          matching.add(rule);
        }
      }
    }
    return matching;
  }

  private void current(ObjectInfo version) throws IOException {
    String target = null;
    for (LifecycleRule rule : matching(version)) {
      if (due(rule.expiresAt(version.modifiedAt(), days))) {
        actions.add(new Expire(version));
        return;
      }
      for (Transition transition : rule.transitions()) {
        if (due(days.due(version.modifiedAt(), transition.days(), transition.date()))) {
          target = lower(rule, version, target, transition.storageClass());
        }
      }
    }
    move(version, target);
  }

  private void noncurrent(ObjectInfo version, Instant since) throws IOException {
    boolean marker = version.version().deleteMarker();
    String target = null;
    for (LifecycleRule rule : matching(version)) {
      NoncurrentVersionExpiration expiration = rule.noncurrentVersionExpiration();
      if (expiration != null
          && due(days.due(since, expiration.noncurrentDays(), null))
          && exceeds(expiration.newerNoncurrentVersions())) {
        actions.add(new Remove(version));
        target = null;
        break;
      }
      for (NoncurrentVersionTransition transition : rule.noncurrentTransitions()) {
        if (!marker
            && due(days.due(since, transition.noncurrentDays(), null))
            && exceeds(transition.newerNoncurrentVersions())) {
          target = lower(rule, version, target, transition.storageClass());
        }
      }
    }
    move(version, target);
    // Delete markers hold nothing: those who want some versions kept want them with bytes.
    newerNoncurrent += marker ? 0 : 1;
  }

  private boolean exceeds(@Nullable Integer newerVersions) {
    return newerVersions == null || newerNoncurrent >= newerVersions;
  }

  /** The lower of two classes that a version may move to. */
  private @Nullable String lower(
      LifecycleRule rule, ObjectInfo version, @Nullable String before, @Nullable String next) {
    if (next == null) {
      return before;
    }
    boolean spared =
        version.sizeBytes() < MIN_TRANSITION_BYTES
            && !rule.hasSizes()
            && !(configuration.archivesSmallObjects() && StorageClasses.isArchive(next));
    String from = before == null ? version.metadata().storageClass() : before;
    return !spared && StorageClasses.moves(from, next) ? next : before;
  }

  private void move(ObjectInfo version, @Nullable String target) {
    if (target != null) {
      actions.add(new Move(version, target));
    }
  }
}
