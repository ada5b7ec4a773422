package io.sluice.lifecycle;

import io.sluice.model.BucketName;
import io.sluice.model.ObjectInfo;
import io.sluice.model.ObjectRef;
import io.sluice.model.UploadInfo;
import io.sluice.operation.ObjectTagging;
import io.sluice.operation.ObjectTagging.Tag;
import io.sluice.protocol.HttpDate;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import io.sluice.storage.Storage;
import io.sluice.uri.PercentCoding;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What answers tell of a bucket's lifecycle rules. Thread-safe. */
public final class Lifecycles {
  /** So many parsed configurations are kept at most. */
  private static final int MAX_KNOWN = 1000;

  private final Storage storage;
  private final LifecycleDays days;
  private final Archives archives;
  private final Map<BucketName, Known> known = new ConcurrentHashMap<>();

  /** A configuration, and the document that it was parsed from. */
  private static final class Known {
    private final byte[] document;
    private final LifecycleConfiguration configuration;

    Known(byte[] document) {
      this.document = document;
      this.configuration = LifecycleConfiguration.stored(document);
    }
  }

  private record Due(Instant at, LifecycleRule rule) {}

  /** Over a store, with days of a length. */
  public Lifecycles(Storage storage, LifecycleDays days, Clock clock) {
    this.storage = storage;
    this.days = days;
    this.archives = new Archives(storage, days, clock);
  }

  /** The archives of the same store. */
  public Archives archives() {
    return archives;
  }

  private List<LifecycleRule> rules(BucketName bucket) throws IOException {
    byte @Nullable [] document =
        storage.capabilities().contains(Capability.STORAGE_CLASSES)
            ? storage.buckets().setting(bucket, LifecycleConfiguration.SETTING).orElse(null)
            : null;
    if (document == null) {
      return List.of();
    }
    Known now = known.get(bucket);
    if (now == null || !Arrays.equals(now.document, document)) {
      if (known.size() >= MAX_KNOWN) {
        known.clear();
      }
      now = new Known(document);
      known.put(bucket, now);
    }
    return now.configuration.rules();
  }

  /** Adds when a current version expires, by which rule, and that an archived one is restored. */
  public S3Response describe(S3Response response, BucketName bucket, ObjectInfo info)
      throws IOException {
    archives.describe(response, bucket, info);
    if (!info.version().latest() || info.version().deleteMarker()) {
      return response;
    }
    Due first = null;
    List<Tag> tags = null;
    for (LifecycleRule rule : rules(bucket)) {
      Instant at = rule.enabled() ? rule.expiresAt(info.modifiedAt(), days) : null;
      if (at == null || !rule.matches(info.key().value(), info.sizeBytes())) {
        continue;
      }
      if (rule.hasTags() && tags == null) {
        tags = tags(storage, new ObjectRef(bucket, info.key(), info.version().id()));
      }
      if (rule.matchesTags(tags == null ? List.of() : tags)
          && (first == null || at.isBefore(first.at()))) {
        first = new Due(at, rule);
      }
    }
    return first == null
        ? response
        : response.header(
            "x-amz-expiration",
            "expiry-date=\"" + HttpDate.format(first.at()) + "\", rule-id=\"" + id(first) + "\"");
  }

  private static String id(Due due) {
    return PercentCoding.encode(due.rule().idOrEmpty(), "");
  }

  static List<Tag> tags(Storage storage, ObjectRef version) throws IOException {
    return storage
        .objects()
        .document(version, ObjectTagging.DOCUMENT)
        .map(document -> ObjectTagging.parse(document).tags())
        .orElse(List.of());
  }

  /** Adds when an upload goes that is not completed, and by which rule. */
  public S3Response describe(S3Response response, BucketName bucket, UploadInfo upload)
      throws IOException {
    Due first = null;
    for (LifecycleRule rule : rules(bucket)) {
      Instant at = rule.enabled() ? rule.abortsAt(upload.initiatedAt(), days) : null;
      if (at != null
          && rule.matchesKey(upload.key().value())
          && (first == null || at.isBefore(first.at()))) {
        first = new Due(at, rule);
      }
    }
    return first == null
        ? response
        : response
            .header("x-amz-abort-date", HttpDate.format(first.at()))
            .header("x-amz-abort-rule-id", id(first));
  }
}
