package io.sluice.storage.attached;

import io.sluice.error.S3ErrorCode;
import io.sluice.storage.Storage;
import io.sluice.storage.compose.ProviderOpener;
import io.sluice.storage.compose.StorageComposer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attaches providers to a back end: the other back ends are providers by their names, and the
 * setting of a provider's name lists its buckets; {@code .settings} names the file of what is kept
 * here of them. Stateless.
 */
public final class AttachedStorageComposer implements StorageComposer {
  /** The setting that names the file of what is kept here of them; no provider's name. */
  private static final String OWN_SETTINGS = ".settings";

  /** For {@link java.util.ServiceLoader}. */
  public AttachedStorageComposer() {}

  @Override
  public String name() {
    return "attached";
  }

  @Override
  public Storage compose(Storage base, Map<String, Storage> others, Map<String, String> settings)
      throws IOException {
    return compose(
        base,
        others,
        settings,
        (provider, changed) -> {
          throw S3ErrorCode.NOT_IMPLEMENTED.exception();
        });
  }

  @Override
  public Storage compose(
      Storage base,
      Map<String, Storage> others,
      Map<String, String> settings,
      ProviderOpener opener)
      throws IOException {
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
    String file = settings.get(OWN_SETTINGS);
    return new AttachedStorage(
        base,
        providers,
        OwnSettings.open(file == null ? null : Path.of(file)),
        new MovedBuckets(opener));
  }
}
