package io.sluice.storage.attached;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a provider's buckets. Every request asks whether its bucket is there and what
 * its settings are; the provider is asked once in a while. What changes through here is known at
 * once; what others change, after {@link #MEMORY}. A provider that cannot be reached is answered
 * for from memory, however old. Thread-safe.
 */
final class RememberedBuckets {
  /** How long an answer holds. */
  static final Duration MEMORY = Duration.ofSeconds(30);

  private static final int MAX_ENTRIES = 10_000;
  private static final int PAGE = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(RememberedBuckets.class);

  private final BucketStore store;
  private final Clock clock;
  private final Map<BucketName, Known<BucketInfo>> buckets = new ConcurrentHashMap<>();
  private final Map<BucketName, Known<Boolean>> absences = new ConcurrentHashMap<>();
  private final Map<Setting, Known<Optional<byte[]>>> settings = new ConcurrentHashMap<>();
  private volatile @Nullable Known<List<BucketInfo>> listing;

  private record Known<T>(T value, Instant at) {}

  private record Setting(BucketName bucket, String name) {}

  private interface Question<T> {
    T ask() throws IOException;
  }

  RememberedBuckets(BucketStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  BucketStore store() {
    return store;
  }

  BucketInfo head(BucketName bucket) throws IOException {
    Known<BucketInfo> known = buckets.get(bucket);
    if (known != null && fresh(known)) {
      return known.value();
    }
    try {
      BucketInfo info = answer(known, () -> store.head(bucket));
      keep(buckets, bucket, info);
      return info;
    } catch (S3Exception e) {
      buckets.remove(bucket);
      throw e;
    }
  }

  /** Whether the provider has a bucket that it lets this gateway see. */
  boolean has(BucketName bucket) throws IOException {
    Known<Boolean> known = absences.get(bucket);
    if (known != null && fresh(known)) {
      return false;
    }
    boolean there = answer(known, () -> exists(bucket));
    if (there) {
      absences.remove(bucket);
    } else {
      keep(absences, bucket, false);
    }
    return there;
  }

  private boolean exists(BucketName bucket) throws IOException {
    try {
      head(bucket);
      return true;
    } catch (S3Exception e) {
      if (e.code() == S3ErrorCode.NO_SUCH_BUCKET || e.code() == S3ErrorCode.ACCESS_DENIED) {
        return false;
      }
      throw e;
    }
  }

  Optional<byte[]> setting(BucketName bucket, String name) throws IOException {
    Setting key = new Setting(bucket, name);
    Known<Optional<byte[]>> known = settings.get(key);
    if (known != null && fresh(known)) {
      return known.value();
    }
    Optional<byte[]> document = answer(known, () -> store.setting(bucket, name));
    keep(settings, key, document);
    return document;
  }

  /** All that the provider shows. */
  List<BucketInfo> all() throws IOException {
    Known<List<BucketInfo>> known = listing;
    List<BucketInfo> all = answer(known, this::askAll);
    listing = new Known<>(all, clock.instant());
    return all;
  }

  private List<BucketInfo> askAll() throws IOException {
    List<BucketInfo> all = new java.util.ArrayList<>();
    String after = null;
    while (true) {
      List<BucketInfo> page = store.list("", after, PAGE);
      all.addAll(page);
      if (page.size() < PAGE) {
        return List.copyOf(all);
      }
      after = page.get(page.size() - 1).name().value();
    }
  }

  /** Forgets a bucket, because it changed or is about to. */
  void forget(BucketName bucket) {
    buckets.remove(bucket);
    absences.remove(bucket);
    settings.keySet().removeIf(setting -> setting.bucket().equals(bucket));
    listing = null;
  }

  private boolean fresh(Known<?> known) {
    return known.at().plus(MEMORY).isAfter(clock.instant());
  }

  private <T> T answer(@Nullable Known<T> known, Question<T> question) throws IOException {
    try {
      return question.ask();
    } catch (S3Exception e) {
      if (known == null || e.status() < 500 || e.code() == S3ErrorCode.NOT_IMPLEMENTED) {
        throw e;
      }
      LOG.debug("A provider is answered for from memory: {}", e.message());
      return known.value();
    }
  }

  private <K, T> void keep(Map<K, Known<T>> map, K key, T value) {
    if (map.size() >= MAX_ENTRIES) {
      map.clear();
    }
    map.put(key, new Known<>(value, clock.instant()));
  }
}
