package io.sluice.admin;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.storage.Storage;
import io.sluice.storage.maintenance.BucketCache;
import io.sluice.storage.maintenance.CacheStatus;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What caches hold, and jobs that have more or less of it there. Thread-safe. */
final class CacheAdmin {
  private static final int MAX_WORKERS = 32;
  private static final int WORKERS = 4;

  private final Storage storage;
  private final Jobs jobs;
  private final JsonMapper json;

  CacheAdmin(Storage storage, Jobs jobs, JsonMapper json) {
    this.storage = storage;
    this.jobs = jobs;
    this.json = json;
  }

  /** All caches. */
  record Caches(List<CacheStatus> caches) {}

  /**
   * Objects that leave a cache; all of the bucket when nothing says which.
   *
   * @param keys by their keys
   * @param prefix by what their keys begin with
   * @param template by keys with numbers in them, such as {@code shard-{0001..0099}.tar}
   */
  record Evict(@Nullable List<String> keys, @Nullable String prefix, @Nullable String template) {}

  /**
   * Objects that a cache shall hold; all of the bucket when nothing says which.
   *
   * @param keys by their keys
   * @param prefix by what their keys begin with
   * @param template by keys with numbers in them, such as {@code shard-{0001..0099}.tar}
   * @param latest whether to ask whether what is there is still what the provider has
   * @param workers how many are read at a time; 4 when it is null
   */
  record Prefetch(
      @Nullable List<String> keys,
      @Nullable String prefix,
      @Nullable String template,
      boolean latest,
      @Nullable Integer workers) {}

  List<AdminRoute> routes() {
    return List.of(
        new AdminRoute(
            "GET",
            "/caches",
            "What the caches of providers hold, and have done.",
            null,
            Caches.class,
            (request, parameters) -> new Caches(storage.caches())),
        new AdminRoute(
            "POST",
            "/buckets/{bucket}/evict",
            "Lets objects of a bucket leave its cache, as a job; the provider is not asked.",
            Evict.class,
            Jobs.View.class,
            (request, parameters) -> evict(parameters.get(0), request.read(json, Evict.class))),
        new AdminRoute(
            "POST",
            "/buckets/{bucket}/prefetch",
            "Reads objects of a bucket into its cache, as a job.",
            Prefetch.class,
            Jobs.View.class,
            (request, parameters) ->
                prefetch(parameters.get(0), request.read(json, Prefetch.class))));
  }

  private BucketCache cache(BucketName bucket) throws IOException {
    storage.buckets().head(bucket);
    return storage
        .cache(bucket)
        .orElseThrow(
            () -> S3ErrorCode.INVALID_REQUEST.exception("The bucket has no cache before it."));
  }

  private Jobs.View evict(String name, Evict evict) throws IOException {
    BucketCache cache = cache(new BucketName(name));
    KeySource chosen = chosen(evict.keys(), evict.template());
    String prefix = prefix(evict.prefix(), chosen);
    return jobs.submitCancellable(
        "evict-objects",
        teller ->
            CacheJob.evict(
                cache, chosen == null ? KeySource.of(cache.keys(prefix)) : chosen, teller));
  }

  private Jobs.View prefetch(String name, Prefetch prefetch) throws IOException {
    BucketName bucket = new BucketName(name);
    BucketCache cache = cache(bucket);
    KeySource chosen = chosen(prefetch.keys(), prefetch.template());
    String prefix = prefix(prefetch.prefix(), chosen);
    int workers = prefetch.workers() == null ? WORKERS : prefetch.workers();
    if (workers < 1 || workers > MAX_WORKERS) {
      throw S3ErrorCode.INVALID_ARGUMENT.exception(
          "workers is a number from 1 to " + MAX_WORKERS + ".");
    }
    return jobs.submitCancellable(
        "prefetch-objects",
        teller ->
            new CacheJob(
                    cache,
                    chosen == null ? KeySource.listing(storage.objects(), bucket, prefix) : chosen,
                    prefetch.latest(),
                    teller)
                .run(workers));
  }

  private static @Nullable KeySource chosen(
      @Nullable List<String> keys, @Nullable String template) {
    if (keys != null && template != null) {
      throw onlyOne();
    }
    if (keys != null) {
      return KeySource.of(keys.stream().map(ObjectKey::new).toList());
    }
    return template == null ? null : KeySource.of(KeyTemplate.parse(template));
  }

  private static String prefix(@Nullable String prefix, @Nullable KeySource chosen) {
    if (prefix != null && chosen != null) {
      throw onlyOne();
    }
    return prefix == null ? "" : prefix;
  }

  private static RuntimeException onlyOne() {
    return S3ErrorCode.INVALID_REQUEST.exception(
        "Objects are named by keys, by a prefix or by a template.");
  }
}
