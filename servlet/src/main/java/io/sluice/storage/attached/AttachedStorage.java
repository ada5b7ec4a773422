package io.sluice.storage.attached;

import io.sluice.model.BucketName;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.forward.SignedForwarding;
import io.sluice.storage.maintenance.BucketCache;
import io.sluice.storage.maintenance.CacheStatus;
import io.sluice.storage.maintenance.Maintenance;
import io.sluice.storage.maintenance.StoreMetric;
import io.sluice.storage.maintenance.Vital;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The back end here, and the buckets of providers beside its own. What the back end here can do is
 * what can be done; a provider that cannot says so itself. Thread-safe.
 */
final class AttachedStorage implements Storage {
  private final Storage local;
  private final BucketDirectory directory;
  private final MovedBuckets moved;
  private final BucketStore buckets;
  private final ObjectStore objects;
  private final MultipartStore uploads;

  AttachedStorage(Storage local, List<Provider> providers, OwnSettings own, MovedBuckets moved) {
    this.moved = moved;
    this.local = local;
    this.directory = new BucketDirectory(local, providers, own, moved);
    this.buckets = new AttachedBucketStore(local.buckets(), directory, own);
    this.objects = new AttachedObjectStore(directory, own);
    this.uploads = new AttachedMultipartStore(directory);
  }

  @Override
  public BucketStore buckets() {
    return buckets;
  }

  @Override
  public ObjectStore objects() {
    return objects;
  }

  @Override
  public MultipartStore uploads() {
    return uploads;
  }

  @Override
  public Set<Capability> capabilities() {
    return local.capabilities();
  }

  @Override
  public Optional<Maintenance> maintenance() {
    return local.maintenance();
  }

  @Override
  public List<Vital> vitals() {
    List<Vital> vitals = new ArrayList<>(local.vitals());
    directory.providers().forEach(provider -> vitals.addAll(provider.storage().vitals()));
    return vitals;
  }

  /** What is told of the back end here, and of the caches of all providers together. */
  @Override
  public List<StoreMetric> metrics() {
    List<StoreMetric> all = new ArrayList<>(local.metrics());
    Map<String, List<StoreMetric>> byName = new LinkedHashMap<>();
    for (Provider provider : directory.providers()) {
      for (StoreMetric metric : provider.storage().metrics()) {
        byName.computeIfAbsent(metric.name(), name -> new ArrayList<>()).add(metric);
      }
    }
    byName.values().forEach(same -> all.add(sum(same)));
    return all;
  }

  private static StoreMetric sum(List<StoreMetric> same) {
    StoreMetric first = same.get(0);
    return new StoreMetric(
        first.name(),
        first.unit(),
        first.help(),
        first.kind(),
        () -> same.stream().mapToDouble(metric -> metric.value().getAsDouble()).sum());
  }

  @Override
  public Optional<BucketCache> cache(BucketName bucket) throws IOException {
    Place place = directory.locate(bucket);
    if (place.provider() == null) {
      return Optional.empty();
    }
    Optional<BucketCache> cache = place.home().cache(place.bucket());
    return place.prefix().isNone()
        ? cache
        : cache.map(there -> new PrefixedCache(there, place.prefix()));
  }

  @Override
  public Optional<SignedForwarding> forwarding(BucketName bucket) throws IOException {
    Place place = directory.locate(bucket);
    return place.provider() == null
        ? Optional.empty()
        : place
            .home()
            .forwarding(place.bucket())
            .map(there -> new ForwardingElsewhere(there, place.bucket(), place.prefix()));
  }

  @Override
  public List<CacheStatus> caches() {
    return directory.providers().stream()
        .flatMap(
            provider ->
                provider.storage().caches().stream().map(cache -> cache.of(provider.name())))
        .toList();
  }

  @Override
  public void close() throws IOException {
    try {
      for (Provider provider : directory.providers()) {
        provider.storage().close();
      }
      moved.close();
    } finally {
      local.close();
    }
  }
}
