package io.sluice.admin;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.AccountId;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.Quota;
import io.sluice.model.Usage;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.Storage;
import io.sluice.storage.option.BackendBucket;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Buckets, what they take and their properties. Thread-safe. */
final class BucketAdmin {
  private static final int ALL = Integer.MAX_VALUE;

  /** What leaves a bucket out of a listing: it may not be seen, or it went meanwhile. */
  private static final Set<S3ErrorCode> HIDDEN =
      Set.of(S3ErrorCode.ACCESS_DENIED, S3ErrorCode.NO_SUCH_BUCKET);

  private final BucketStore buckets;
  private final PropertySettings properties;
  private final boolean counts;
  private final String localName;
  private final JsonMapper json;

  /**
   * Administration of buckets.
   *
   * @param providers names of the providers that a bucket here may stand for one of
   * @param localName how the provider of the gateway's own buckets is called
   */
  BucketAdmin(Storage storage, Set<String> providers, JsonMapper json, String localName) {
    this.localName = localName;
    this.buckets = storage.buckets();
    this.properties = new PropertySettings(buckets, Set.copyOf(providers));
    this.counts = storage.capabilities().contains(Capability.USAGE);
    this.json = json;
  }

  /** What a bucket or an account takes. */
  record UsageView(long bytes, long objects, long partBytes, long parts) {
    static UsageView of(Usage usage) {
      return new UsageView(usage.bytes(), usage.objects(), usage.partBytes(), usage.parts());
    }
  }

  /**
   * A bucket.
   *
   * @param remote whether another S3 keeps its objects
   * @param properties what was set, by name
   */
  record BucketView(
      String name,
      String owner,
      String ownerAccount,
      String region,
      String provider,
      boolean remote,
      Instant createdAt,
      @Nullable UsageView usage,
      Map<String, String> properties) {}

  /** Buckets. */
  record BucketViews(List<BucketView> buckets) {}

  /** Properties to be set; one that is null goes back to its default. */
  record Properties(Map<String, @Nullable String> properties) {}

  /** The quota of an account; null for no limit of its own. */
  record AccountQuota(@Nullable Long bytes, @Nullable Long objects) {}

  /** What an account takes, and may. */
  record AccountView(String owner, UsageView usage, AccountQuota quota) {}

  List<AdminRoute> routes() {
    return List.of(
        new AdminRoute(
                "GET",
                "/buckets",
                "All buckets; to others than administrators, those that they may list.",
                null,
                BucketViews.class,
                (request, parameters) -> all(request))
            .forEverybody(),
        new AdminRoute(
                "GET",
                "/buckets/{bucket}",
                "A bucket, what it takes, and its properties.",
                null,
                BucketView.class,
                (request, parameters) -> {
                  request
                      .permission()
                      .require(
                          S3Operation.HEAD_BUCKET, new S3Target.BucketTarget(name(parameters)));
                  return view(buckets.head(name(parameters)), request);
                })
            .forEverybody(),
        new AdminRoute(
            "PATCH",
            "/buckets/{bucket}/properties",
            "Sets properties; they hold at once.",
            Properties.class,
            BucketView.class,
            (request, parameters) ->
                set(name(parameters), request.read(json, Properties.class).properties())),
        new AdminRoute(
            "GET",
            "/accounts/{owner}/usage",
            "What the buckets of an account take together; the owner is a canonical id.",
            null,
            AccountView.class,
            (request, parameters) -> account(parameters.get(0))),
        new AdminRoute(
            "PUT",
            "/accounts/{owner}/quota",
            "Sets the quota of an account's buckets together.",
            AccountQuota.class,
            AccountView.class,
            (request, parameters) ->
                limit(parameters.get(0), request.read(json, AccountQuota.class))));
  }

  private static BucketName name(List<String> parameters) {
    return new BucketName(parameters.get(0));
  }

  private BucketViews all(AdminRequest request) throws IOException {
    List<BucketView> views = new ArrayList<>();
    for (BucketInfo bucket : buckets.list("", null, ALL)) {
      try {
        request
            .permission()
            .require(S3Operation.HEAD_BUCKET, new S3Target.BucketTarget(bucket.name()));
        views.add(view(bucket, request));
      } catch (S3Exception e) {
        if (!HIDDEN.contains(e.code())) {
          throw e;
        }
      }
    }
    return new BucketViews(views);
  }

  /** A bucket as somebody may see it: what belongs to its owner is for them. */
  private BucketView view(BucketInfo bucket, AdminRequest request) throws IOException {
    boolean whole = request.administers() || bucket.ownerId().equals(request.requester());
    if (whole && !isAmbiguous(bucket.name())) {
      return view(bucket);
    }
    return view(bucket, null, Map.of());
  }

  /** Whether several back ends have a bucket of this name, so that none of them can be asked. */
  private boolean isAmbiguous(BucketName bucket) throws IOException {
    try {
      buckets.head(bucket);
      return false;
    } catch (S3Exception e) {
      if (e.code() == S3ErrorCode.AMBIGUOUS_BUCKET_NAME) {
        return true;
      }
      throw e;
    }
  }

  private BucketView view(BucketInfo bucket) throws IOException {
    return view(bucket, usage(bucket.name()), properties.of(bucket));
  }

  private BucketView view(
      BucketInfo bucket, @Nullable UsageView usage, Map<String, String> properties)
      throws IOException {
    boolean alias = isAlias(bucket.name());
    return new BucketView(
        bucket.name().value(),
        bucket.ownerId(),
        AccountId.of(bucket.ownerId()),
        bucket.region(),
        alias || bucket.provider().isEmpty() ? localName : bucket.provider(),
        alias || !bucket.provider().isEmpty(),
        bucket.createdAt(),
        usage,
        properties);
  }

  /** Whether a bucket here stands for one of a provider. */
  private boolean isAlias(BucketName bucket) throws IOException {
    return !isAmbiguous(bucket) && buckets.setting(bucket, BackendBucket.SETTING).isPresent();
  }

  /** Null for a bucket that another S3 keeps. */
  private @Nullable UsageView usage(BucketName bucket) throws IOException {
    try {
      return counts ? UsageView.of(buckets.usage(bucket)) : null;
    } catch (S3Exception e) {
      if (e.code() == S3ErrorCode.NOT_IMPLEMENTED) {
        return null;
      }
      throw e;
    }
  }

  private BucketView set(BucketName bucket, @Nullable Map<String, @Nullable String> changes)
      throws IOException {
    if (changes == null) {
      throw S3ErrorCode.INVALID_REQUEST.exception("properties are missing.");
    }
    properties.set(bucket, changes);
    return view(buckets.head(bucket));
  }

  private AccountView account(String owner) throws IOException {
    Quota quota = buckets.accountQuota(owner);
    return new AccountView(
        owner,
        UsageView.of(buckets.accountUsage(owner)),
        new AccountQuota(limit(quota.maxBytes()), limit(quota.maxObjects())));
  }

  private static @Nullable Long limit(long limit) {
    return limit == Long.MAX_VALUE ? null : limit;
  }

  private AccountView limit(String owner, AccountQuota quota) throws IOException {
    Long bytes = quota.bytes();
    Long objects = quota.objects();
    Quota limits =
        new Quota(
            bytes == null ? Long.MAX_VALUE : bytes, objects == null ? Long.MAX_VALUE : objects);
    if (limits.maxBytes() < 0 || limits.maxObjects() < 0) {
      throw S3ErrorCode.INVALID_ARGUMENT.exception("A quota is a number.");
    }
    buckets.putAccountQuota(owner, limits.equals(Quota.NONE) ? null : limits);
    return account(owner);
  }
}
