package io.sluice.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of providers while they are collected. Confined to one thread. */
final class ProviderSettings {
  private static final String PREFIX = "provider.";
  private static final String ENVIRONMENT_PREFIX = "SLUICE_PROVIDER_";
  private static final Pattern NAME =
      Pattern.compile("provider\\.([a-z0-9][a-z0-9-]{0,31})\\.(.+)");

  private final Map<String, Map<ProviderKey, Setting.Given>> providers = new TreeMap<>();

  /** Whether a setting is one of a provider's. */
  static boolean is(String name) {
    return name.startsWith(PREFIX);
  }

  /** The setting that an environment variable means; empty when it is none of a provider's. */
  static Optional<String> ofEnvironment(String variable) {
    if (!variable.startsWith(ENVIRONMENT_PREFIX)) {
      return Optional.empty();
    }
    String rest = variable.substring(ENVIRONMENT_PREFIX.length());
    return java.util.Arrays.stream(ProviderKey.values())
        .filter(key -> rest.endsWith(key.environmentSuffix()))
        .max(Comparator.comparingInt(key -> key.environmentSuffix().length()))
        .filter(key -> rest.length() > key.environmentSuffix().length())
        .map(
            key ->
                PREFIX
                    + rest.substring(0, rest.length() - key.environmentSuffix().length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-')
                    + "."
                    + key.key());
  }

  /**
   * Takes a setting.
   *
   * @throws ConfigException for an unknown one
   */
  void put(String name, String value, Setting.Origin origin) {
    Matcher matcher = NAME.matcher(name);
    ProviderKey key = matcher.matches() ? ProviderKey.of(matcher.group(2)).orElse(null) : null;
    if (key == null) {
      throw new ConfigException(
          "unknown setting " + name + " (" + origin + "); did you mean " + nearest(name) + "?");
    }
    Setting.Given given = new Setting.Given(value, origin);
    providers.computeIfAbsent(matcher.group(1), provider -> new TreeMap<>()).put(key, given);
  }

  private static String nearest(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return "provider.NAME."
        + java.util.Arrays.stream(ProviderKey.values())
            .map(ProviderKey::key)
            .min(Comparator.comparingInt(key -> ConfigReader.distance(last, key)))
            .orElseThrow();
  }

  /** What was set, by full names; secrets are hidden. */
  List<Setting> settings() {
    List<Setting> shown = new ArrayList<>();
    providers.forEach(
        (name, settings) ->
            settings.forEach(
                (key, value) ->
                    shown.add(value.shown(PREFIX + name + "." + key.key(), key.isSecret()))));
    return shown;
  }

  /** The providers by their names. */
  Map<String, GatewayConfig.Provider> read() {
    Map<String, GatewayConfig.Provider> read = new LinkedHashMap<>();
    providers.forEach(
        (name, settings) -> {
          Map<String, String> values = new LinkedHashMap<>();
          settings.forEach((key, value) -> values.put(key.key(), value.value()));
          read.put(name, new GatewayConfig.Provider(values));
        });
    return read;
  }
}
