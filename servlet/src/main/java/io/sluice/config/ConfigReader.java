package io.sluice.config;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings: defaults, then the properties file, then the environment, then the command
 * line; the later wins. Anything unknown stops the start. Confined to one thread.
 */
public final class ConfigReader {
  /** Names from elsewhere that are easily taken for ours, and what they are here. */
  private static final Map<String, ConfigKey> SUCCESSORS =
      Map.of(
          "host", ConfigKey.ADDRESS,
          "bind", ConfigKey.ADDRESS,
          "data-dir", ConfigKey.DATA,
          "auth.enabled", ConfigKey.AUTH_MODE,
          "virtual-host", ConfigKey.BASE_DOMAINS);

  private final Map<ConfigKey, Setting.Given> values = new EnumMap<>(ConfigKey.class);

  private final ProviderSettings providers = new ProviderSettings();

  /** Everything at its default. */
  public ConfigReader() {
    for (ConfigKey key : ConfigKey.values()) {
      values.put(key, new Setting.Given(key.defaultValue(), Setting.Origin.DEFAULT));
    }
  }

  /**
   * Takes a properties file in UTF-8.
   *
   * @throws ConfigException for an unknown key or a bad value
   */
  public ConfigReader file(@Nullable Path file) {
    if (file == null) {
      return this;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("cannot read the settings file " + file + ": " + e);
    }
    Setting.Origin origin = new Setting.Origin(Setting.Source.FILE, file.toString());
    new TreeMap<>(properties)
        .forEach((key, value) -> put(key.toString(), value.toString(), origin));
    return this;
  }

  /**
   * Takes the variables that begin with {@code SLUICE_}, save {@code SLUICE_CONFIG} and those of
   * the command line.
   */
  public ConfigReader environment(Map<String, String> environment) {
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith("SLUICE_") && !isForeign(name, value)) {
                put(keyOf(name), value, new Setting.Origin(Setting.Source.ENVIRONMENT, name));
              }
            });
    return this;
  }

  /** Takes one value of the command line; null takes nothing. */
  public ConfigReader option(ConfigKey key, @Nullable String value) {
    if (value != null) {
      put(key.key(), value, new Setting.Origin(Setting.Source.COMMAND_LINE, "command line"));
    }
    return this;
  }

  /** Kubernetes sets such variables for a service that is called sluice. */
  private static boolean isForeign(String name, String value) {
    return name.equals("SLUICE_CONFIG")
        || name.startsWith("SLUICE_CLI_")
        || name.startsWith("SLUICE_SERVICE_")
        || name.startsWith("SLUICE_PORT_")
        || (name.equals("SLUICE_PORT") && value.startsWith("tcp://"));
  }

  private static String keyOf(String environmentName) {
    return ProviderSettings.ofEnvironment(environmentName)
        .orElseGet(() -> gatewayKeyOf(environmentName));
  }

  private static String gatewayKeyOf(String environmentName) {
    return Arrays.stream(ConfigKey.values())
        .filter(key -> key.environmentName().equals(environmentName))
        .findFirst()
        .map(ConfigKey::key)
        .orElse(environmentName);
  }

  private void put(String name, String value, Setting.Origin source) {
    if (ProviderSettings.is(name)) {
      providers.put(name, value.strip(), source);
      return;
    }
    ConfigKey key =
        Arrays.stream(ConfigKey.values())
            .filter(candidate -> candidate.key().equals(name))
            .findFirst()
            .orElseThrow(() -> new ConfigException(unknown(name, source)));
    key.check(value.strip(), source);
    values.put(key, new Setting.Given(value.strip(), source));
  }

  private static String unknown(String name, Setting.Origin source) {
    ConfigKey successor = SUCCESSORS.get(name);
    if (successor != null) {
      return "setting " + name + " (" + source + ") is called " + successor.key() + " here";
    }
    String nearest =
        Arrays.stream(ConfigKey.values())
            .map(key -> name.startsWith("SLUICE_") ? key.environmentName() : key.key())
            .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
            .orElseThrow();
    return "unknown setting " + name + " (" + source + "); did you mean " + nearest + "?";
  }

  /** Levenshtein's distance. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }

  /** What is in force, in the order of the table; secrets are hidden. */
  public List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    values.forEach((key, value) -> settings.add(value.shown(key.key(), key.isSecret())));
    settings.addAll(providers.settings());
    return settings;
  }

  /** The effective values by their names, in the order of the table; secrets are hidden. */
  public Map<String, String> effective() {
    Map<String, String> effective = new LinkedHashMap<>();
    settings().forEach(setting -> effective.put(setting.name(), setting.value()));
    return effective;
  }

  /** The settings. */
  public GatewayConfig read() {
    Path data = Path.of(text(ConfigKey.DATA));
    String credentials = text(ConfigKey.CREDENTIALS);
    return new GatewayConfig(
        new GatewayConfig.Listen(
            text(ConfigKey.ADDRESS),
            Integer.parseInt(text(ConfigKey.PORT)),
            Integer.parseInt(text(ConfigKey.THREADS)),
            duration(ConfigKey.IDLE_TIMEOUT),
            duration(ConfigKey.STOP_TIMEOUT),
            tls()),
        data,
        credentials.isEmpty() ? data.resolve("credentials") : Path.of(credentials),
        text(ConfigKey.REGION),
        new GatewayConfig.Paths(
            list(ConfigKey.BASE_DOMAINS),
            list(ConfigKey.WEBSITE_DOMAINS),
            truth(ConfigKey.S3_AT_ROOT),
            truth(ConfigKey.PATH_PLUS_IS_SPACE)),
        new GatewayConfig.Auth(
            text(ConfigKey.AUTH_MODE).equals("sigv4"),
            text(ConfigKey.AUTH_REGION).isEmpty() ? null : text(ConfigKey.AUTH_REGION),
            truth(ConfigKey.AUTH_SIGV2_PRESIGNED),
            truth(ConfigKey.AUTH_SIGV2_HEADER),
            duration(ConfigKey.AUTH_MAX_SKEW),
            list(ConfigKey.EXTERNAL_HOSTS)),
        list(ConfigKey.TRUSTED_PROXIES),
        new GatewayConfig.Store(
            text(ConfigKey.STORE_PROVIDER), text(ConfigKey.STORE_NAME), storeSettings(data)),
        text(ConfigKey.LOG_FORMAT),
        new GatewayConfig.Tracing(
            text(ConfigKey.TRACING_ENDPOINT), Double.parseDouble(text(ConfigKey.TRACING_SHARE))),
        truth(ConfigKey.CONSOLE),
        truth(ConfigKey.HEALTH_REMOTE),
        new GatewayConfig.Metrics(text(ConfigKey.METRICS_TOKEN)),
        new GatewayConfig.Buckets(
            text(ConfigKey.BUCKET_OBJECT_OWNERSHIP), truth(ConfigKey.BUCKET_BLOCK_PUBLIC_ACCESS)),
        new GatewayConfig.AccessLogs(
            duration(ConfigKey.ACCESS_LOG_INTERVAL),
            DataSize.parse(text(ConfigKey.ACCESS_LOG_SIZE))),
        providers.read(),
        new GatewayConfig.Lifecycle(
            duration(ConfigKey.LIFECYCLE_INTERVAL),
            Duration.ofSeconds(Long.parseLong(text(ConfigKey.LIFECYCLE_DAY)))),
        encryption(data),
        new GatewayConfig.Limits(
            DataSize.parse(text(ConfigKey.LIMITS_HEADERS)),
            DataSize.parse(text(ConfigKey.LIMITS_DRAIN)),
            duration(ConfigKey.LIMITS_DRAIN_TIME),
            DataSize.parse(text(ConfigKey.LIMITS_COPY))),
        settings());
  }

  private GatewayConfig.@Nullable Tls tls() {
    String certificate = text(ConfigKey.TLS_CERTIFICATE);
    String privateKey = text(ConfigKey.TLS_PRIVATE_KEY);
    String clientCa = text(ConfigKey.TLS_CLIENT_CA);
    if (certificate.isEmpty() != privateKey.isEmpty()) {
      throw new ConfigException(
          "tls.certificate and tls.private-key are set together or not at all");
    }
    if (certificate.isEmpty()) {
      if (!clientCa.isEmpty()) {
        throw new ConfigException("tls.client-ca needs tls.certificate");
      }
      return null;
    }
    return new GatewayConfig.Tls(
        Path.of(certificate),
        Path.of(privateKey),
        clientCa.isEmpty() ? null : Path.of(clientCa),
        truth(ConfigKey.TLS_HTTP2));
  }

  private GatewayConfig.Encryption encryption(Path data) {
    String file = text(ConfigKey.ENCRYPTION_KEY_FILE);
    String variable = text(ConfigKey.ENCRYPTION_KEY_VARIABLE);
    return new GatewayConfig.Encryption(
        file.isEmpty() ? data.resolve("encryption-keys") : Path.of(file),
        variable.isEmpty() ? null : variable,
        list(ConfigKey.ENCRYPTION_KMS_KEYS),
        vault(),
        truth(ConfigKey.ENCRYPTION_SSE_C_OVER_HTTP));
  }

  private GatewayConfig.Encryption.@Nullable Vault vault() {
    String address = text(ConfigKey.ENCRYPTION_VAULT_ADDRESS);
    if (address.isEmpty()) {
      return null;
    }
    String token = text(ConfigKey.ENCRYPTION_VAULT_TOKEN_FILE);
    if (!address.matches("https?://[^/?#]+/?") || token.isEmpty()) {
      throw new ConfigException(
          "encryption.vault.address = "
              + address
              + ": an address such as https://vault:8200, and encryption.vault.token-file with it");
    }
    if (!list(ConfigKey.ENCRYPTION_KMS_KEYS).isEmpty()) {
      throw new ConfigException(
          "encryption.kms-keys: with encryption.vault.address they are Vault's");
    }
    return new GatewayConfig.Encryption.Vault(
        URI.create(address),
        Path.of(token),
        text(ConfigKey.ENCRYPTION_VAULT_MOUNT),
        text(ConfigKey.ENCRYPTION_VAULT_KEY));
  }

  private Map<String, String> storeSettings(Path data) {
    Map<String, String> settings = new HashMap<>();
    settings.put("data", data.toString());
    settings.put("inline-threshold", bytes(ConfigKey.STORE_INLINE_THRESHOLD));
    settings.put("durability", text(ConfigKey.STORE_DURABILITY));
    settings.put("free-space-floor", bytes(ConfigKey.STORE_FREE_SPACE_FLOOR));
    if (!text(ConfigKey.STORE_ACCOUNT_QUOTA).isEmpty()) {
      settings.put("account-quota", bytes(ConfigKey.STORE_ACCOUNT_QUOTA));
    }
    settings.put("verify-reads", text(ConfigKey.STORE_VERIFY_READS));
    settings.put("block-cache", bytes(ConfigKey.STORE_BLOCK_CACHE));
    settings.put("upload-expiry", text(ConfigKey.STORE_UPLOAD_EXPIRY));
    settings.put("scrub-rate", bytes(ConfigKey.STORE_SCRUB_RATE));
    settings.put("scrub-interval", text(ConfigKey.STORE_SCRUB_INTERVAL));
    return settings;
  }

  private String bytes(ConfigKey key) {
    return Long.toString(DataSize.parse(text(key)).bytes());
  }

  private String text(ConfigKey key) {
    Setting.Given given = values.get(key);
    return given == null ? key.defaultValue() : given.value();
  }

  private boolean truth(ConfigKey key) {
    return text(key).equals("true");
  }

  private Duration duration(ConfigKey key) {
    return Duration.parse(text(key));
  }

  private List<String> list(ConfigKey key) {
    return Arrays.stream(text(key).split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
