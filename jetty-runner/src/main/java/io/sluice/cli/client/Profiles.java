package io.sluice.cli.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which gateway is meant. The first that says so counts: options, variables that begin
 * with {@code SLUICE_CLI_}, the profile of the file, the variables of the aws CLI, defaults. The
 * file has sections as the aws CLI's have, {@code [name]} over lines {@code name = value} with
 * {@code endpoint}, {@code access-key}, {@code secret-key}, {@code session-token} and {@code
 * region}. Immutable.
 */
public final class Profiles {
  private static final String DEFAULT = "default";
  private static final String DEFAULT_ENDPOINT = "http://127.0.0.1:8080/s3";
  private static final List<String> NAMES =
      List.of("endpoint", "access-key", "secret-key", "session-token", "region");

  private final Map<String, String> environment;
  private final Path file;

  /**
   * Profiles of a user.
   *
   * @param file the file; null for the usual one
   */
  public Profiles(Map<String, String> environment, @Nullable Path file) {
    this.environment = Map.copyOf(environment);
    this.file = file == null ? usual(environment) : file;
  }

  private static Path usual(Map<String, String> environment) {
    String named = environment.get("SLUICE_CLI_PROFILES");
    if (named != null) {
      return Path.of(named);
    }
    String configured = environment.get("XDG_CONFIG_HOME");
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    Path directory =
        configured == null || configured.isEmpty() ? home.resolve(".config") : Path.of(configured);
    return directory.resolve("sluice").resolve("profiles");
  }

  /**
   * The profile that is meant.
   *
   * @param name its name; null for what the environment names, or {@code default}
   * @param endpoint an endpoint that goes before that of the profile; null for none
   * @throws IllegalArgumentException when there is no such profile, or the file is not readable as
   *     one, in one line
   */
  public Profile get(@Nullable String name, @Nullable String endpoint) {
    String asked = name == null ? environment.get("SLUICE_CLI_PROFILE") : name;
    Map<String, String> section = section(asked == null ? DEFAULT : asked, asked != null);
    String accessKey = value(section, "access-key", "AWS_ACCESS_KEY_ID");
    boolean own =
        environment.containsKey("SLUICE_CLI_ACCESS_KEY") || section.containsKey("access-key");
    String region = value(section, "region", "AWS_DEFAULT_REGION");
    String where = endpoint == null ? value(section, "endpoint", "AWS_ENDPOINT_URL") : endpoint;
    URI uri = URI.create(where == null ? DEFAULT_ENDPOINT : where);
    if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
      throw new IllegalArgumentException("the endpoint " + uri + " is no http:// or https:// URL");
    }
    return new Profile(
        uri,
        accessKey,
        value(section, "secret-key", "AWS_SECRET_ACCESS_KEY"),
        // A token belongs to its key: one of another source must not be mixed in.
        own ? section.get("session-token") : environment.get("AWS_SESSION_TOKEN"),
        region == null ? "us-east-1" : region);
  }

  private @Nullable String value(Map<String, String> section, String name, String aws) {
    String own = "SLUICE_CLI_" + name.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    String set = environment.get(own);
    if (set == null) {
      set = section.get(name);
    }
    return set == null ? environment.get(aws) : set;
  }

  private Map<String, String> section(String name, boolean required) {
    Map<String, Map<String, String>> all = read();
    Map<String, String> section = all.get(name);
    if (section == null && required) {
      throw new IllegalArgumentException("there is no profile " + name + " in " + file);
    }
    return section == null ? Map.of() : section;
  }

  private Map<String, Map<String, String>> read() {
    if (!Files.exists(file)) {
      return Map.of();
    }
    Map<String, Map<String, String>> all = new HashMap<>();
    Map<String, String> section = new HashMap<>();
    all.put(DEFAULT, section);
    for (String raw : lines()) {
      String line = raw.strip();
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        String name = line.substring(1, line.length() - 1).strip();
        section = all.computeIfAbsent(name, key -> new HashMap<>());
      } else if (equals > 0 && NAMES.contains(line.substring(0, equals).strip())) {
        section.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        // Not the line itself: it may have a secret in it.
        throw new IllegalArgumentException(
            file + " has a line that is no section and sets none of " + NAMES);
      }
    }
    return all;
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the profiles " + file + ": " + e, e);
    }
  }
}
