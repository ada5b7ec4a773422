package io.sluice.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Every setting: its name, its default and what it may hold. */
public enum ConfigKey {
  ADDRESS("address", "127.0.0.1", ConfigKey::notBlank),
  PORT("port", "8080", value -> number(value, 0, 65_535)),
  THREADS("threads", "200", value -> number(value, 8, 10_000)),
  IDLE_TIMEOUT("idle-timeout", "PT2M", Duration::parse),
  STOP_TIMEOUT("stop-timeout", "PT30S", Duration::parse),
  DATA("data", "./data", ConfigKey::notBlank),
  CREDENTIALS("credentials", "", ConfigKey::anything),
  REGION("region", "us-east-1", ConfigKey::notBlank),
  BASE_DOMAINS("base-domains", "", ConfigKey::anything),
  S3_AT_ROOT("s3-at-root", "true", ConfigKey::truth),
  PATH_PLUS_IS_SPACE("path.plus-is-space", "true", ConfigKey::truth),
  AUTH_MODE("auth.mode", "sigv4", value -> oneOf(value, Set.of("sigv4", "none"))),
  AUTH_REGION("auth.region", "", ConfigKey::anything),
  AUTH_SIGV2_PRESIGNED("auth.sigv2.presigned", "true", ConfigKey::truth),
  AUTH_SIGV2_HEADER("auth.sigv2.header", "false", ConfigKey::truth),
  AUTH_MAX_SKEW("auth.max-skew", "PT15M", Duration::parse),
  EXTERNAL_HOSTS("external-hosts", "", ConfigKey::anything),
  STORE_PROVIDER("store.provider", "local", ConfigKey::notBlank),
  STORE_INLINE_THRESHOLD("store.inline-threshold", "32KiB", DataSize::parse),
  STORE_DURABILITY("store.durability", "group", value -> oneOf(value, Set.of("group", "relaxed"))),
  LIMITS_HEADERS("limits.headers", "64KiB", DataSize::parse),
  LIMITS_DRAIN("limits.drain", "64MiB", DataSize::parse),
  LIMITS_DRAIN_TIME("limits.drain-time", "PT5S", Duration::parse);

  private final String key;
  private final String defaultValue;
  @SuppressWarnings("ImmutableEnumChecker") // every check is a stateless method
  private final Consumer<String> check;

  ConfigKey(String key, String defaultValue, Consumer<String> check) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.check = check;
  }

  /** The name in the properties file. */
  public String key() {
    return key;
  }

  /** The value when nothing sets it. */
  public String defaultValue() {
    return defaultValue;
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
  void check(String value, String source) {
    try {
      check.accept(value);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new ConfigException(
          key + " = " + value + " (" + source + "): " + e.getMessage());
    }
  }

  private static void anything(String value) {
    // Lists and optional texts hold what they hold; empty means none.
  }

  private static void notBlank(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
  }

  private static void truth(String value) {
    oneOf(value, Set.of("true", "false"));
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

  private static void oneOf(String value, Set<String> values) {
    if (!values.contains(value)) {
      throw new IllegalArgumentException(
          "must be one of " + values.stream().sorted().toList());
    }
  }
}
