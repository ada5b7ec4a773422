package io.sluice.storage.attached;

import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.maintenance.Maintenance;
import io.sluice.storage.maintenance.StoreMetric;
import io.sluice.storage.maintenance.Vital;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The back end here, and the buckets of providers beside its own. What the back end here can do is
 * what can be done; a provider that cannot says so itself. Thread-safe.
 */
final class AttachedStorage implements Storage {
  private final Storage local;
  private final BucketDirectory directory;
  private final BucketStore buckets;
  private final ObjectStore objects;
  private final MultipartStore uploads;

  AttachedStorage(Storage local, List<Provider> providers) {
    this.local = local;
    this.directory = new BucketDirectory(local, providers);
    this.buckets = new AttachedBucketStore(local.buckets(), directory);
    this.objects = new AttachedObjectStore(directory);
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

  @Override
  public List<StoreMetric> metrics() {
    return local.metrics();
  }

  @Override
  public void close() throws IOException {
    try {
      for (Provider provider : directory.providers()) {
        provider.storage().close();
      }
    } finally {
      local.close();
    }
  }
}
