package io.sluice.storage.attached;

import io.sluice.storage.Storage;
import io.sluice.storage.compose.ProviderOpener;
import io.sluice.storage.option.BucketEndpoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Providers as buckets see them that are asked for at another endpoint. Each is opened when the
 * first such bucket is used, and stays open. Thread-safe.
 */
final class MovedBuckets implements Closeable {
  private final ProviderOpener opener;
  private final Map<Moved, Provider> opened = new ConcurrentHashMap<>();

  private record Moved(String provider, BucketEndpoint endpoint) {}

  MovedBuckets(ProviderOpener opener) {
    this.opener = opener;
  }

  /** The provider at another endpoint. */
  Provider at(Provider provider, BucketEndpoint endpoint) throws IOException {
    try {
      return opened.computeIfAbsent(
          new Moved(provider.name(), endpoint), moved -> open(provider, endpoint));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Provider open(Provider provider, BucketEndpoint endpoint) {
    try {
      Storage storage = opener.open(provider.name(), endpoint.settings());
      return new Provider(
          provider.name(),
          storage,
          provider.patterns(),
          new RememberedBuckets(storage.buckets(), Clock.systemUTC()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (Provider provider : opened.values()) {
      provider.storage().close();
    }
  }
}
