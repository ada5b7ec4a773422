package io.sluice.lifecycle;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.operation.ObjectTagging.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule: to which objects of a bucket something happens, and when. An element that is not known is
 * refused, for a rule must never do more than its author meant. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html">API</a>
 */
record LifecycleRule(
    @JsonProperty("ID") @Nullable String id,
    @Nullable String prefix,
    @Nullable LifecycleFilter filter,
    @Nullable String status,
    @Nullable Expiration expiration,
    @Nullable List<Transition> transition,
    @Nullable List<NoncurrentVersionTransition> noncurrentVersionTransition,
    @Nullable NoncurrentVersionExpiration noncurrentVersionExpiration,
    @Nullable AbortIncompleteMultipartUpload abortIncompleteMultipartUpload)
    implements StrictElement {
  LifecycleRule {
    transition = transition == null ? null : List.copyOf(transition);
    noncurrentVersionTransition =
        noncurrentVersionTransition == null ? null : List.copyOf(noncurrentVersionTransition);
  }

  /** When current versions expire, and whether delete markers that cover nothing go. */
  record Expiration(
      @Nullable String date, @Nullable Integer days, @Nullable Boolean expiredObjectDeleteMarker)
      implements StrictElement {}

  /** When current versions change their storage class. */
  record Transition(@Nullable String date, @Nullable Integer days, @Nullable String storageClass)
      implements StrictElement {}

  /** When other versions change their storage class. */
  record NoncurrentVersionTransition(
      @Nullable Integer noncurrentDays,
      @Nullable String storageClass,
      @Nullable Integer newerNoncurrentVersions)
      implements StrictElement {}

  /** When other versions go for good, and how many of the newest stay. */
  record NoncurrentVersionExpiration(
      @Nullable Integer noncurrentDays, @Nullable Integer newerNoncurrentVersions)
      implements StrictElement {}

  /** When uploads that were never completed go. */
  record AbortIncompleteMultipartUpload(@Nullable Integer daysAfterInitiation)
      implements StrictElement {}

  boolean enabled() {
    return "Enabled".equals(status);
  }

  String idOrEmpty() {
    return id == null ? "" : id;
  }

  List<Transition> transitions() {
    return transition == null ? List.of() : transition;
  }

  List<NoncurrentVersionTransition> noncurrentTransitions() {
    return noncurrentVersionTransition == null ? List.of() : noncurrentVersionTransition;
  }

  /** The predicates; a prefix beside the filter is the older form. */
  LifecycleFilter.And predicates() {
    return filter == null ? new LifecycleFilter.And(prefix, null, null, null) : filter.all();
  }

  boolean hasTags() {
    return predicates().tag() != null;
  }

  /** Whether the rule names sizes, so that its transitions have no further minimum. */
  boolean hasSizes() {
    LifecycleFilter.And predicates = predicates();
    return predicates.objectSizeGreaterThan() != null || predicates.objectSizeLessThan() != null;
  }

  /** Whether a key is one that the rule is about, as far as its prefix says. */
  boolean matchesKey(String key) {
    String start = predicates().prefix();
    return start == null || key.startsWith(start);
  }

  /** Whether a delete marker is one that the rule is about: it has neither size nor tags. */
  boolean matchesMarker(String key) {
    return matchesKey(key) && !hasTags() && !hasSizes();
  }

  /** Whether an object is one that the rule is about, its tags aside. */
  boolean matches(String key, long sizeBytes) {
    LifecycleFilter.And predicates = predicates();
    Long above = predicates.objectSizeGreaterThan();
    Long below = predicates.objectSizeLessThan();
    return matchesKey(key)
        && (above == null || sizeBytes > above)
        && (below == null || sizeBytes < below);
  }

  /** Whether tags are among those of an object. */
  boolean matchesTags(List<Tag> tags) {
    List<Tag> wanted = predicates().tag();
    return wanted == null || tags.containsAll(wanted);
  }

  /** When a current version that was written then expires; null when it does not. */
  @Nullable Instant expiresAt(Instant modifiedAt, LifecycleDays calendar) {
    return expiration == null
        ? null
        : calendar.due(modifiedAt, expiration.days(), expiration.date());
  }

  /** When an upload that was begun then goes; null when it does not. */
  @Nullable Instant abortsAt(Instant initiatedAt, LifecycleDays calendar) {
    return abortIncompleteMultipartUpload == null
        ? null
        : calendar.due(initiatedAt, abortIncompleteMultipartUpload.daysAfterInitiation(), null);
  }
}
