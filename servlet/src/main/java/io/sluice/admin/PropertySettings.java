package io.sluice.admin;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.Quota;
import io.sluice.model.Versioning;
import io.sluice.operation.BucketProperties;
import io.sluice.storage.BucketStore;
import io.sluice.storage.option.BackendBucket;
import io.sluice.storage.option.BucketEndpoint;
import io.sluice.storage.option.Durability;
import io.sluice.storage.option.Freshness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Properties of a bucket, of which each is a part of one of its settings. Beside those of {@link
 * BucketProperties} they are {@code versioning.enabled}, {@code backend_bck} ({@code
 * provider://bucket}), {@code durability}, {@code quota.bytes}, {@code quota.objects}, and of a
 * provider's bucket {@code versioning.validate_warm_get}, {@code versioning.synchronize} and {@code
 * extra.aws.endpoint}, {@code .cloud_region} and {@code .profile}. Thread-safe.
 *
 * @param buckets where settings are kept
 * @param providers names of the providers that a bucket here may stand for one of
 */
record PropertySettings(BucketStore buckets, Set<String> providers) {
  private static final String VERSIONING = "versioning.enabled";
  private static final String DURABILITY = Durability.SETTING;
  private static final String BACKEND = "backend_bck";
  private static final String VALIDATE = "versioning.validate_warm_get";
  private static final String SYNCHRONIZE = "versioning.synchronize";
  private static final String EXTRA = "extra.aws.";
  private static final String QUOTA_BYTES = "quota.bytes";
  private static final String QUOTA_OBJECTS = "quota.objects";

  /** All that are set. */
  Map<String, String> of(BucketInfo bucket) throws IOException {
    Map<String, String> all = new TreeMap<>(BucketProperties.of(buckets, bucket.name()).values());
    all.put(VERSIONING, Boolean.toString(bucket.versioning() == Versioning.ENABLED));
    byte @Nullable [] durability = buckets.setting(bucket.name(), DURABILITY).orElse(null);
    if (durability != null) {
      all.put(DURABILITY, new String(durability, StandardCharsets.UTF_8));
    }
    byte @Nullable [] backend = buckets.setting(bucket.name(), BackendBucket.SETTING).orElse(null);
    if (backend != null) {
      all.put(BACKEND, new String(backend, StandardCharsets.UTF_8));
    }
    byte @Nullable [] freshness = buckets.setting(bucket.name(), Freshness.SETTING).orElse(null);
    if (freshness != null) {
      Freshness parsed = Freshness.parse(freshness);
      all.put(VALIDATE, Boolean.toString(parsed.validates()));
      if (parsed == Freshness.SYNCHRONIZED) {
        all.put(SYNCHRONIZE, "true");
      }
    }
    byte @Nullable [] endpoint =
        buckets.setting(bucket.name(), BucketEndpoint.SETTING).orElse(null);
    if (endpoint != null) {
      BucketEndpoint.parse(endpoint)
          .values()
          .forEach((name, value) -> all.put(EXTRA + name, value));
    }
    byte @Nullable [] quota = buckets.setting(bucket.name(), Quota.SETTING).orElse(null);
    if (quota != null) {
      Quota limits = Quota.parse(quota);
      putLimit(all, QUOTA_BYTES, limits.maxBytes());
      putLimit(all, QUOTA_OBJECTS, limits.maxObjects());
    }
    return all;
  }

  private static void putLimit(Map<String, String> all, String name, long limit) {
    if (limit != Long.MAX_VALUE) {
      all.put(name, Long.toString(limit));
    }
  }

  /**
   * Sets properties; one that is null goes back to its default. Everything is checked before
   * anything is changed.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument, NoSuchBucket
   */
  void set(BucketName bucket, Map<String, @Nullable String> changes) throws IOException {
    if (changes.keySet().stream().allMatch(name -> name.startsWith(EXTRA))) {
      move(bucket, changes);
      return;
    }
    BucketInfo before = buckets.head(bucket);
    Map<String, String> all = new TreeMap<>(of(before));
    changes.forEach(
        (name, value) -> {
          if (value == null) {
            all.remove(name);
          } else {
            all.put(name, value);
          }
        });
    Versioning versioning = versioning(all.remove(VERSIONING), before.versioning());
    byte @Nullable [] freshness = freshness(all.remove(VALIDATE), all.remove(SYNCHRONIZE));
    BucketEndpoint endpoint = endpoint(all);
    String durability = all.remove(DURABILITY);
    byte @Nullable [] durabilityDocument =
        durability == null
            ? null
            : Durability.parse(durability.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
                .document();
    byte @Nullable [] backend = backend(all.remove(BACKEND));
    boolean elsewhere = backend != null || !before.provider().isEmpty();
    requireProvider(elsewhere || freshness == null, VALIDATE);
    requireProvider(elsewhere || endpoint.isNone(), EXTRA + "endpoint");
    Quota quota = new Quota(number(all.remove(QUOTA_BYTES)), number(all.remove(QUOTA_OBJECTS)));
    BucketProperties rest = BucketProperties.of(all);
    if (versioning != before.versioning()) {
      buckets.setVersioning(bucket, versioning);
    }
    change(bucket, DURABILITY, durabilityDocument);
    change(bucket, Freshness.SETTING, freshness);
    change(bucket, BucketEndpoint.SETTING, endpoint.isNone() ? null : endpoint.document());
    change(bucket, Quota.SETTING, quota.equals(Quota.NONE) ? null : quota.document());
    change(bucket, BackendBucket.SETTING, backend);
    change(bucket, BucketProperties.SETTING, all.isEmpty() ? null : rest.document());
  }

  /**
   * Of both properties; what is to be gone when the provider has no more of it must be asked for.
   */
  private static byte @Nullable [] freshness(
      @Nullable String validate, @Nullable String synchronize) {
    boolean synchronizes = truth(SYNCHRONIZE, synchronize);
    if (validate == null && !synchronizes) {
      return null;
    }
    boolean validates = truth(VALIDATE, validate) || synchronizes;
    Freshness kept = validates ? Freshness.VALIDATED : Freshness.KEPT;
    return (synchronizes ? Freshness.SYNCHRONIZED : kept).document();
  }

  private static boolean truth(String name, @Nullable String value) {
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception(name + " is true or false.")
          .with("ArgumentName", name)
          .with("ArgumentValue", value);
    }
    return "true".equals(value);
  }

  /**
   * Changes where the bucket is asked for, which has to be possible when it does not answer where
   * it is asked for now. It has to answer at the new place, or it stays where it was.
   */
  private void move(BucketName bucket, Map<String, @Nullable String> changes) throws IOException {
    byte @Nullable [] before = buckets.setting(bucket, BucketEndpoint.SETTING).orElse(null);
    Map<String, String> all = new TreeMap<>();
    if (before != null) {
      BucketEndpoint.parse(before).values().forEach((name, value) -> all.put(EXTRA + name, value));
    }
    changes.forEach((name, value) -> all.put(name, value == null ? "" : value));
    BucketEndpoint endpoint = endpoint(all);
    BucketProperties.of(all);
    change(bucket, BucketEndpoint.SETTING, endpoint.isNone() ? null : endpoint.document());
    boolean answers = endpoint.isNone();
    try {
      if (!answers) {
        requireProvider(!buckets.head(bucket).provider().isEmpty(), EXTRA + "endpoint");
        answers = true;
      }
    } finally {
      if (!answers) {
        change(bucket, BucketEndpoint.SETTING, before);
      }
    }
  }

  /** What says how another S3 is asked is not kept where none is: it would mean nothing. */
  private static void requireProvider(boolean is, String name) {
    if (!is) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("Only a bucket that lives in another S3 has this property.")
          .with("ArgumentName", name);
    }
  }

  /** Takes those of the endpoint out; one that is empty is not set. */
  private static BucketEndpoint endpoint(Map<String, String> all) {
    Map<String, String> values = new TreeMap<>();
    for (String name : BucketEndpoint.NAMES) {
      String value = all.remove(EXTRA + name);
      if (value != null && !value.isBlank()) {
        values.put(name, value.strip());
      }
    }
    return BucketEndpoint.of(values);
  }

  private byte @Nullable [] backend(@Nullable String value) {
    if (value == null) {
      return null;
    }
    BackendBucket backend = BackendBucket.parse(value.getBytes(StandardCharsets.UTF_8));
    if (!providers.contains(backend.provider())) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("There is no such provider.")
          .with("ArgumentName", BACKEND)
          .with("ArgumentValue", value);
    }
    return backend.document();
  }

  private void change(BucketName bucket, String setting, byte @Nullable [] document)
      throws IOException {
    if (document == null && buckets.setting(bucket, setting).isPresent()) {
      buckets.deleteSetting(bucket, setting);
    } else if (document != null) {
      buckets.putSetting(bucket, setting, document);
    }
  }

  private static Versioning versioning(@Nullable String value, Versioning before) {
    if (value == null || value.equals("false")) {
      return before == Versioning.ENABLED ? Versioning.SUSPENDED : before;
    }
    if (!value.equals("true")) {
      throw S3ErrorCode.INVALID_ARGUMENT.exception(VERSIONING + " is true or false.");
    }
    return Versioning.ENABLED;
  }

  private static long number(@Nullable String value) {
    if (value == null) {
      return Long.MAX_VALUE;
    }
    if (!value.matches("[0-9]{1,18}")) {
      throw S3ErrorCode.INVALID_ARGUMENT.exception("A quota is a number.");
    }
    return Long.parseLong(value);
  }
}
