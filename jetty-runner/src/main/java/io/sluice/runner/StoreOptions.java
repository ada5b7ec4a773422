package io.sluice.runner;

import io.sluice.config.ConfigException;
import io.sluice.config.ConfigKey;
import io.sluice.config.ConfigReader;
import io.sluice.config.GatewayConfig;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageProvider;
import io.sluice.storage.maintenance.Maintenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Which store a command is about: the one that {@code serve} with the same options would open. */
final class StoreOptions {
  @CommandLine.Option(names = "--config", paramLabel = "FILE", description = "properties file")
  private @Nullable Path configFile;

  @CommandLine.Option(names = "--data", paramLabel = "DIR", description = "data directory")
  private @Nullable String data;

  /** The settings. */
  GatewayConfig config() {
    Map<String, String> environment = System.getenv();
    String named = System.getProperty("sluice.config", environment.get("SLUICE_CONFIG"));
    return new ConfigReader()
        .file(configFile == null && named != null ? Path.of(named) : configFile)
        .environment(environment)
        .option(ConfigKey.DATA, data)
        .read();
  }

  /**
   * Opens the store.
   *
   * @throws IOException when a gateway has it, or there is none, in one line
   */
  static Storage open(GatewayConfig config) throws IOException {
    String name = config.store().provider();
    return StorageProvider.named(name)
        .orElseThrow(() -> new ConfigException("store.provider = " + name + ": no such back end"))
        .openForMaintenance(config.store().settings());
  }

  /** The store's maintenance. */
  static Maintenance maintenance(Storage storage) {
    return storage
        .maintenance()
        .orElseThrow(() -> new ConfigException("this back end does not keep its bytes itself"));
  }
}
