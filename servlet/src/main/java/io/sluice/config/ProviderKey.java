package io.sluice.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting of a provider, whose name in the file is {@code provider.NAME.} and this. What a
 * value may be is checked by the back end that reads it, at the start.
 */
public enum ProviderKey {
  ENDPOINT("endpoint", ""),
  REGION("region", "us-east-1"),
  CREDENTIALS("credentials", ""),
  ACCESS_KEY("access-key", ""),
  SECRET_KEY("secret-key", ""),
  SESSION_TOKEN("session-token", ""),
  PROFILE("profile", ""),
  BUCKETS("buckets", ""),
  OWNER("owner", ""),
  PATH_STYLE("path-style", ""),
  CONNECT_TIMEOUT("connect-timeout", "PT5S"),
  READ_TIMEOUT("read-timeout", "PT60S"),
  RETRIES("retries", "3"),
  CIRCUIT_FAILURES("circuit.failures", "10"),
  CIRCUIT_PAUSE("circuit.pause", "PT5S"),
  MAX_CONNECTIONS("max-connections", "200"),
  CA_FILE("ca-file", ""),
  CHECKSUMS("checksums", "when-supported"),
  CHUNKED_ENCODING("chunked-encoding", "true"),
  SIGNED_PATH_ENDPOINT("signed.path-endpoint", ""),
  SIGNED_VIRTUAL_ENDPOINT("signed.virtual-endpoint", ""),
  SIGNED_ACCESS_KEYS("signed.access-keys", ""),
  SIGNED_TRUST_CACHE("signed.trust-cache", "false"),
  CACHE_CAPACITY("cache.capacity", "0"),
  CACHE_HIGH_WATERMARK("cache.high-watermark", "90"),
  CACHE_LOW_WATERMARK("cache.low-watermark", "75"),
  CACHE_VALIDATE_WARM_GET("cache.validate-warm-get", "false"),
  CACHE_SYNCHRONIZE("cache.synchronize", "false"),
  CACHE_FILL_AFTER_RANGE("cache.fill-after-range", "false"),
  CACHE_KEEP_WRITTEN("cache.keep-written", "false"),
  CACHE_BACKGROUND_FILLS("cache.background-fills", "4"),
  CACHE_BLOCK_SIZE("cache.block-size", "4MiB");

  private final String key;
  private final String defaultValue;

  ProviderKey(String key, String defaultValue) {
    this.key = key;
    this.defaultValue = defaultValue;
  }

  /** The name behind the provider's. */
  public String key() {
    return key;
  }

  /** The value when nothing sets it; empty when there is none. */
  public String defaultValue() {
    return defaultValue;
  }

  /** Whether its value is never shown. */
  public boolean isSecret() {
    return this == SECRET_KEY || this == SESSION_TOKEN;
  }

  static Optional<ProviderKey> of(String key) {
    return Arrays.stream(values()).filter(known -> known.key.equals(key)).findFirst();
  }

  /** The end of an environment variable's name, such as {@code _ACCESS_KEY}. */
  String environmentSuffix() {
    return "_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
