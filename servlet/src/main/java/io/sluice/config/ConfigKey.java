package io.sluice.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Every setting: its name, its default and what it may hold. */
public enum ConfigKey {
  ADDRESS("address", "127.0.0.1", Kind.REQUIRED),
  PORT("port", "8080", Kind.PORT),
  THREADS("threads", "200", Kind.THREADS),
  IDLE_TIMEOUT("idle-timeout", "PT2M", Kind.DURATION),
  STOP_TIMEOUT("stop-timeout", "PT30S", Kind.DURATION),
  TLS_CERTIFICATE("tls.certificate", "", Kind.TEXT),
  TLS_PRIVATE_KEY("tls.private-key", "", Kind.TEXT),
  TLS_CLIENT_CA("tls.client-ca", "", Kind.TEXT),
  TLS_HTTP2("tls.http2", "true", Kind.TRUTH),
  DATA("data", "./data", Kind.REQUIRED),
  CREDENTIALS("credentials", "", Kind.TEXT),
  REGION("region", "us-east-1", Kind.REQUIRED),
  BASE_DOMAINS("base-domains", "", Kind.TEXT),
  WEBSITE_DOMAINS("website-domains", "", Kind.TEXT),
  S3_AT_ROOT("s3-at-root", "true", Kind.TRUTH),
  PATH_PLUS_IS_SPACE("path.plus-is-space", "true", Kind.TRUTH),
  AUTH_MODE("auth.mode", "sigv4", Kind.AUTH_MODE),
  AUTH_REGION("auth.region", "", Kind.TEXT),
  AUTH_SIGV2_PRESIGNED("auth.sigv2.presigned", "true", Kind.TRUTH),
  AUTH_SIGV2_HEADER("auth.sigv2.header", "false", Kind.TRUTH),
  AUTH_MAX_SKEW("auth.max-skew", "PT15M", Kind.DURATION),
  EXTERNAL_HOSTS("external-hosts", "", Kind.TEXT),
  TRUSTED_PROXIES("trusted-proxies", "", Kind.TEXT),
  STORE_PROVIDER("store.provider", "local", Kind.REQUIRED),
  STORE_NAME("store.name", "ais", Kind.REQUIRED),
  STORE_INLINE_THRESHOLD("store.inline-threshold", "32KiB", Kind.SIZE),
  STORE_DURABILITY("store.durability", "group", Kind.DURABILITY),
  STORE_VERIFY_READS("store.verify-reads", "copied", Kind.VERIFY_READS),
  STORE_BLOCK_CACHE("store.block-cache", "128MiB", Kind.SIZE),
  STORE_UPLOAD_EXPIRY("store.upload-expiry", "0", Kind.DAYS),
  STORE_SCRUB_RATE("store.scrub-rate", "8MiB", Kind.SIZE),
  STORE_SCRUB_INTERVAL("store.scrub-interval", "P7D", Kind.DURATION),
  STORE_FREE_SPACE_FLOOR("store.free-space-floor", "512MiB", Kind.SIZE),
  STORE_ACCOUNT_QUOTA("store.account-quota", "", Kind.OPTIONAL_SIZE),
  LOG_FORMAT("log.format", "text", Kind.LOG_FORMAT),
  TRACING_ENDPOINT("tracing.endpoint", "", Kind.TEXT),
  TRACING_SHARE("tracing.share", "1", Kind.SHARE),
  CONSOLE("console", "false", Kind.TRUTH),
  HEALTH_REMOTE("health.remote", "false", Kind.TRUTH),
  METRICS_TOKEN("metrics.token", "", Kind.TEXT),
  BUCKET_BLOCK_PUBLIC_ACCESS("bucket.block-public-access", "false", Kind.TRUTH),
  BUCKET_OBJECT_OWNERSHIP("bucket.object-ownership", "BucketOwnerEnforced", Kind.OWNERSHIP),
  ACCESS_LOG_INTERVAL("access-log.interval", "PT5M", Kind.DURATION),
  ACCESS_LOG_SIZE("access-log.size", "4MiB", Kind.SIZE),
  LIFECYCLE_INTERVAL("lifecycle.interval", "PT1H", Kind.DURATION),
  LIFECYCLE_DAY("lifecycle.day", "86400", Kind.DAY_SECONDS),
  ENCRYPTION_KEY_FILE("encryption.key-file", "", Kind.TEXT),
  ENCRYPTION_KEY_VARIABLE("encryption.key-variable", "", Kind.TEXT),
  ENCRYPTION_KMS_KEYS("encryption.kms-keys", "", Kind.TEXT),
  ENCRYPTION_VAULT_ADDRESS("encryption.vault.address", "", Kind.TEXT),
  ENCRYPTION_VAULT_TOKEN_FILE("encryption.vault.token-file", "", Kind.TEXT),
  ENCRYPTION_VAULT_MOUNT("encryption.vault.mount", "transit", Kind.REQUIRED),
  ENCRYPTION_VAULT_KEY("encryption.vault.key", "s3", Kind.REQUIRED),
  ENCRYPTION_SSE_C_OVER_HTTP("encryption.sse-c-over-http", "false", Kind.TRUTH),
  LIMITS_HEADERS("limits.headers", "64KiB", Kind.SIZE),
  LIMITS_DRAIN("limits.drain", "64MiB", Kind.SIZE),
  LIMITS_DRAIN_TIME("limits.drain-time", "PT5S", Kind.DURATION),
  LIMITS_COPY("limits.copy", "5GiB", Kind.SIZE);

  private final String key;
  private final String defaultValue;
  private final Kind kind;

  ConfigKey(String key, String defaultValue, Kind kind) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.kind = kind;
  }

  /** The name in the properties file. */
  public String key() {
    return key;
  }

  /** The value when nothing sets it. */
  public String defaultValue() {
    return defaultValue;
  }

  /** Whether its value is never shown. */
  boolean isSecret() {
    return this == METRICS_TOKEN;
  }

  /** The name of the environment variable, such as {@code SLUICE_AUTH_MODE}. */
  public String environmentName() {
    return "SLUICE_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /**
   * Checks a value.
   *
   * @throws ConfigException naming the setting and what is wrong
   */
  void check(String value, Setting.Origin source) {
    try {
      kind.check(value);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new ConfigException(key + " = " + value + " (" + source + "): " + e.getMessage());
    }
  }

  /** What a setting may hold. */
  private enum Kind {
    TEXT,
    REQUIRED,
    TRUTH,
    PORT,
    THREADS,
    DURATION,
    SIZE,
    OPTIONAL_SIZE,
    AUTH_MODE,
    DURABILITY,
    VERIFY_READS,
    DAYS,
    DAY_SECONDS,
    OWNERSHIP,
    LOG_FORMAT,
    SHARE;

    void check(String value) {
      switch (this) {
        case TEXT -> {}
        case REQUIRED -> notBlank(value);
        case TRUTH -> oneOf(value, Set.of("true", "false"));
        case PORT -> number(value, 0, 65_535);
        case THREADS -> number(value, 8, 10_000);
        case DURATION -> Duration.parse(value);
        case SIZE -> DataSize.parse(value);
        case OPTIONAL_SIZE -> {
          if (!value.isEmpty()) {
            DataSize.parse(value);
          }
        }
        case AUTH_MODE -> oneOf(value, Set.of("sigv4", "none"));
        case VERIFY_READS -> oneOf(value, Set.of("copied", "always", "never"));
        case DAYS -> number(value, 0, 36_500);
        case DAY_SECONDS -> number(value, 1, 86_400);
        case SHARE -> share(value);
        case LOG_FORMAT -> oneOf(value, Set.of("text", "json"));
        case DURABILITY -> oneOf(value, Set.of("group", "relaxed"));
        case OWNERSHIP ->
            oneOf(value, Set.of("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"));
      }
    }
  }

  private static void notBlank(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
  }

  private static void number(String value, int least, int most) {
    boolean fits =
        value.matches("\\d{1,9}")
            && Integer.parseInt(value) >= least
            && Integer.parseInt(value) <= most;
    if (!fits) {
      throw new IllegalArgumentException("must be a number from " + least + " to " + most);
    }
  }

  private static void share(String value) {
    if (!value.matches("0(\\.\\d{1,9})?|1(\\.0{1,9})?")) {
      throw new IllegalArgumentException("must be a number from 0 to 1");
    }
  }

  private static void oneOf(String value, Set<String> values) {
    if (!values.contains(value)) {
      throw new IllegalArgumentException("must be one of " + values.stream().sorted().toList());
    }
  }
}
