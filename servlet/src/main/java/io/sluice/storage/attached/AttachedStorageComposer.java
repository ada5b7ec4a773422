package io.sluice.storage.attached;

import io.sluice.storage.Storage;
import io.sluice.storage.compose.StorageComposer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attaches providers to a back end: the other back ends are providers by their names, and the
 * setting of a provider's name lists its buckets. Stateless.
 */
public final class AttachedStorageComposer implements StorageComposer {
  /** For {@link java.util.ServiceLoader}. */
  public AttachedStorageComposer() {}

  @Override
  public String name() {
    return "attached";
  }

  @Override
  public Storage compose(Storage base, Map<String, Storage> others, Map<String, String> settings) {
    List<Provider> providers = new ArrayList<>();
    new TreeMap<>(others)
        .forEach(
            (name, storage) ->
                providers.add(
                    new Provider(
                        name,
                        storage,
                        BucketPatterns.parse(settings.getOrDefault(name, "")),
                        new RememberedBuckets(storage.buckets(), Clock.systemUTC()))));
    return new AttachedStorage(base, providers);
  }
}
