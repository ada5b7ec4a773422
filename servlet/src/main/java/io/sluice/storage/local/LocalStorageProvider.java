package io.sluice.storage.local;

import io.sluice.storage.Storage;
import io.sluice.storage.StorageProvider;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * The embedded store. Settings: {@code data} (directory, required), {@code inline-threshold}
 * (bytes, up to 131,072), {@code durability} ({@code group} or {@code relaxed}), {@code
 * block-cache} (bytes), {@code min-part-size} (bytes), {@code verify-reads} ({@code copied}, {@code
 * always}, {@code never}), {@code upload-expiry} (days, 0 for never), {@code free-space-floor} and
 * {@code account-quota} (bytes), {@code scrub-rate} (bytes a second, 0 for never), {@code
 * scrub-interval} (ISO 8601), {@code create} ({@code false} to refuse a directory that is not
 * there).
 */
public final class LocalStorageProvider implements StorageProvider {
  @Override
  public String name() {
    return "local";
  }

  /**
   * Opens the data directory, creating what is missing.
   *
   * @throws IOException when another owner has it, or its format is newer
   * @throws IllegalArgumentException for a bad setting
   */
  @Override
  public Storage open(Map<String, String> settings) throws IOException {
    return LocalStorage.open(LocalSettings.of(settings), Clock.systemUTC());
  }

  @Override
  public Storage openForMaintenance(Map<String, String> settings) throws IOException {
    Map<String, String> quiet = new HashMap<>(settings);
    quiet.put("create", "false");
    quiet.put("scrub-rate", "0");
    quiet.put("upload-expiry", "0");
    return open(quiet);
  }
}
