package io.sluice.storage.attached;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.Quota;
import io.sluice.model.Usage;
import io.sluice.model.Versioning;
import io.sluice.storage.BucketStore;
import io.sluice.storage.option.BackendBucket;
import io.sluice.storage.option.BucketEndpoint;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The buckets here and those of providers. A bucket that stands for a provider's keeps its settings
 * and its owner here; its versions are the provider's. Thread-safe.
 */
final class AttachedBucketStore implements BucketStore {
  private static final Logger LOG = LoggerFactory.getLogger(AttachedBucketStore.class);

  /** The canonical id of no account. */
  private static final String NOBODY = "0".repeat(64);

  private static final Usage NOTHING = new Usage(0, 0, 0, 0);

  private final BucketStore local;
  private final BucketDirectory directory;
  private final OwnSettings own;

  AttachedBucketStore(BucketStore local, BucketDirectory directory, OwnSettings own) {
    this.own = own;
    this.local = local;
    this.directory = directory;
  }

  @Override
  public void create(BucketInfo bucket, Map<String, byte[]> settings) throws IOException {
    List<Provider> meant = directory.meant(bucket.name());
    if (meant.size() > 1) {
      throw BucketDirectory.ambiguous(bucket.name(), meant, false);
    }
    if (meant.isEmpty()) {
      local.create(bucket, settings);
      return;
    }
    if (directory.isHere(bucket.name())) {
      throw S3ErrorCode.BUCKET_ALREADY_EXISTS.exception().with("BucketName", bucket.name());
    }
    Provider provider = meant.get(0);
    provider.buckets().store().create(bucket, settings);
    provider.buckets().forget(bucket.name());
  }

  @Override
  public BucketInfo head(BucketName bucket) throws IOException {
    Place place = directory.locate(bucket);
    Provider provider = place.provider();
    if (provider == null) {
      return local.head(bucket);
    }
    BucketInfo there = provider.buckets().head(place.bucket());
    return place.aliased() ? alias(local.head(bucket), provider, there.versioning()) : there;
  }

  private static BucketInfo alias(BucketInfo here, Provider provider, Versioning versioning) {
    return new BucketInfo(
        here.name(), here.createdAt(), here.region(), here.ownerId(), versioning, provider.name());
  }

  @Override
  public void delete(BucketName bucket) throws IOException {
    Place place = directory.locate(bucket);
    Provider provider = place.provider();
    if (provider == null || place.aliased()) {
      local.delete(bucket);
    } else {
      provider.buckets().store().delete(bucket);
      provider.buckets().forget(bucket);
      own.forget(provider, bucket);
    }
  }

  /**
   * Buckets in order of their names. Those of one name stay together, so that a page may be longer
   * than asked for. A provider that cannot be reached shows what the settings name.
   */
  @Override
  public List<BucketInfo> list(String prefix, @Nullable String after, int limit)
      throws IOException {
    List<BucketInfo> all = new ArrayList<>();
    for (BucketInfo bucket : local.list(prefix, after, limit)) {
      all.add(shown(bucket));
    }
    for (Provider provider : directory.providers()) {
      for (BucketInfo bucket : of(provider)) {
        String name = bucket.name().value();
        if (name.startsWith(prefix) && (after == null || name.compareTo(after) > 0)) {
          all.add(bucket);
        }
      }
    }
    all.sort(Comparator.comparing(BucketInfo::name));
    int end = Math.min(limit, all.size());
    while (end > 0 && end < all.size() && all.get(end).name().equals(all.get(end - 1).name())) {
      end++;
    }
    return List.copyOf(all.subList(0, end));
  }

  private BucketInfo shown(BucketInfo bucket) throws IOException {
    BackendBucket backend = directory.backend(bucket.name()).orElse(null);
    return backend == null
        ? bucket
        : new BucketInfo(
            bucket.name(),
            bucket.createdAt(),
            bucket.region(),
            bucket.ownerId(),
            bucket.versioning(),
            backend.provider());
  }

  private static List<BucketInfo> of(Provider provider) {
    try {
      return provider.buckets().all().stream()
          .filter(bucket -> provider.patterns().match(bucket.name()))
          .toList();
    } catch (IOException | RuntimeException e) {
      LOG.warn("The buckets of provider {} cannot be listed: {}", provider.name(), e.toString());
      return provider.patterns().names().stream()
          .map(
              name ->
                  new BucketInfo(
                      new BucketName(name),
                      Instant.EPOCH,
                      "",
                      NOBODY,
                      Versioning.UNVERSIONED,
                      provider.name()))
          .toList();
    }
  }

  @Override
  public void setVersioning(BucketName bucket, Versioning state, BucketGuard guard)
      throws IOException {
    Place place = directory.locate(bucket);
    Provider provider = place.provider();
    if (provider == null) {
      local.setVersioning(bucket, state, guard);
      return;
    }
    if (place.aliased()) {
      guard.check(head(bucket), name -> local.setting(bucket, name));
      provider.buckets().store().setVersioning(place.bucket(), state, BucketGuard.NONE);
    } else {
      provider.buckets().store().setVersioning(place.bucket(), state, guard);
    }
    provider.buckets().forget(place.bucket());
  }

  @Override
  public Optional<byte[]> setting(BucketName bucket, String name) throws IOException {
    Place place = directory.locate(bucket);
    Provider provider = remote(place);
    if (provider == null) {
      return local.setting(bucket, name);
    }
    return OwnSettings.keeps(name)
        ? own.get(provider, bucket, name)
        : provider.buckets().setting(bucket, name);
  }

  /** The provider that keeps a bucket's settings; null when they are kept here. */
  private static @Nullable Provider remote(Place place) {
    return place.aliased() ? null : place.provider();
  }

  @Override
  public void putSetting(BucketName bucket, String name, byte[] document, BucketGuard guard)
      throws IOException {
    Place place = locateForSettings(bucket);
    Provider provider = remote(place);
    if (name.equals(BackendBucket.SETTING)) {
      checkBackend(provider, BackendBucket.parse(document));
    }
    if (provider == null) {
      local.putSetting(bucket, name, document, guard);
    } else if (OwnSettings.keeps(name)) {
      if (!name.equals(BucketEndpoint.SETTING)) { // without which it may not answer
        provider.buckets().head(bucket);
      }
      own.put(provider, bucket, name, document);
    } else {
      provider.buckets().store().putSetting(bucket, name, document, guard);
      provider.buckets().forget(bucket);
    }
  }

  /** A bucket whose provider is gone must still be told so. */
  private Place locateForSettings(BucketName bucket) throws IOException {
    if (directory.claiming(bucket).isEmpty() && directory.isHere(bucket)) {
      return new Place(directory.local(), bucket, null, false);
    }
    return directory.locate(bucket);
  }

  private void checkBackend(@Nullable Provider keeper, BackendBucket backend) {
    if (keeper != null) {
      throw S3ErrorCode.INVALID_ARGUMENT.exception(
          "Only a bucket of this gateway can stand for another; this one is a provider's.");
    }
    if (directory.provider(backend.provider()) == null) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("There is no provider of this name.")
          .with("ArgumentName", "backend_bck")
          .with("ArgumentValue", backend);
    }
  }

  @Override
  public void deleteSetting(BucketName bucket, String name) throws IOException {
    Provider provider = remote(locateForSettings(bucket));
    if (provider == null) {
      local.deleteSetting(bucket, name);
    } else if (OwnSettings.keeps(name)) {
      own.put(provider, bucket, name, null);
    } else {
      provider.buckets().store().deleteSetting(bucket, name);
      provider.buckets().forget(bucket);
    }
  }

  /** What it takes here, which is nothing for a provider's bucket. */
  @Override
  public Usage usage(BucketName bucket) throws IOException {
    return remote(directory.locate(bucket)) == null ? local.usage(bucket) : NOTHING;
  }

  @Override
  public Usage recount(BucketName bucket) throws IOException {
    return remote(directory.locate(bucket)) == null ? local.recount(bucket) : NOTHING;
  }

  @Override
  public Usage accountUsage(String ownerId) throws IOException {
    return local.accountUsage(ownerId);
  }

  @Override
  public Quota accountQuota(String ownerId) throws IOException {
    return local.accountQuota(ownerId);
  }

  @Override
  public void putAccountQuota(String ownerId, @Nullable Quota quota) throws IOException {
    local.putAccountQuota(ownerId, quota);
  }
}
