package io.sluice.storage.remote;

import io.sluice.storage.Storage;
import io.sluice.storage.StorageProvider;
import java.io.IOException;
import java.util.Map;

/** Finds the back end {@code s3}, another S3 endpoint. Stateless. */
public final class RemoteStorageProvider implements StorageProvider {
  /** For {@link java.util.ServiceLoader}. */
  public RemoteStorageProvider() {}

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public Storage open(Map<String, String> settings) throws IOException {
    return RemoteStorage.open(RemoteSettings.of(settings));
  }
}
