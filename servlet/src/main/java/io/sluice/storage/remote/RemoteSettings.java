package io.sluice.storage.remote;

import io.sluice.storage.remote.forward.SignedEndpoints;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of a remote endpoint. Immutable; its text holds no secret.
 *
 * @param name the provider's name, as bucket listings show it
 * @param endpoint where it is; null for AWS's own of the region
 * @param region the region to sign for
 * @param identity who asks
 * @param connection how it is spoken to
 * @param dialect what it understands
 * @param signed where requests go that others signed
 * @param ownerId canonical id of the account that owns its buckets here; zeros for administrators
 */
record RemoteSettings(
    String name,
    @Nullable URI endpoint,
    String region,
    Identity identity,
    Connection connection,
    Dialect dialect,
    SignedEndpoints signed,
    String ownerId) {
  /** The canonical id of no account. */
  private static final String NOBODY = "0".repeat(64);

  /** Where credentials come from. */
  enum Credentials {
    STATIC,
    PROFILE,
    ENVIRONMENT,
    CONTAINER,
    WEB_IDENTITY,
    ANONYMOUS,
    DEFAULT
  }

  /** Who asks. Immutable; its text holds no secret. */
  record Identity(
      Credentials credentials,
      @Nullable String accessKey,
      @Nullable String secretKey,
      @Nullable String sessionToken,
      @Nullable String profile) {
    @Override
    public String toString() {
      return "Identity[" + credentials + "]";
    }
  }

  /**
   * How the endpoint is spoken to.
   *
   * @param circuitFailures after so many requests without an answer it is left alone; 0 for never
   * @param circuitPause for how long
   */
  record Connection(
      Duration connectTimeout,
      Duration readTimeout,
      int retries,
      int maxConnections,
      @Nullable Path certificateAuthorities,
      int circuitFailures,
      Duration circuitPause) {}

  /**
   * What the endpoint understands.
   *
   * @param pathStyle whether buckets stand in the path
   * @param checksums whether checksums are sent and asked for where nobody demands them
   * @param chunkedEncoding whether bodies may travel as {@code aws-chunked}
   */
  record Dialect(boolean pathStyle, boolean checksums, boolean chunkedEncoding) {}

  /**
   * Parses settings without a prefix.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  static RemoteSettings of(Map<String, String> settings) {
    Values values = new Values(settings);
    String name = values.text("name", "s3");
    String endpoint = values.optional("endpoint");
    boolean chunked = values.truth("chunked-encoding", true);
    URI uri = endpoint == null ? null : endpoint(endpoint);
    if (!chunked && uri != null && uri.getScheme().equals("http")) {
      throw new IllegalArgumentException(
          "chunked-encoding = false needs an https endpoint: over http a body would have to be read"
              + " twice to be signed");
    }
    String region = values.text("region", "us-east-1");
    boolean pathStyle = values.truth("path-style", endpoint != null);
    return new RemoteSettings(
        name,
        uri,
        region,
        identity(values),
        new Connection(
            values.duration("connect-timeout", "PT5S"),
            values.duration("read-timeout", "PT60S"),
            values.number("retries", 3),
            values.number("max-connections", 200),
            values.optional("ca-file") == null ? null : Path.of(values.text("ca-file", "")),
            values.number("circuit.failures", 10),
            values.duration("circuit.pause", "PT5S")),
        new Dialect(pathStyle, checksums(values), chunked),
        SignedEndpoints.of(settings, uri, region, pathStyle),
        values.text("owner", NOBODY));
  }

  private static boolean checksums(Values values) {
    return switch (values.text("checksums", "when-supported")) {
      case "when-supported" -> true;
      case "when-required" -> false;
      default ->
          throw new IllegalArgumentException("checksums must be when-supported or when-required");
    };
  }

  private static Identity identity(Values values) {
    String access = values.optional("access-key");
    String secret = values.optional("secret-key");
    String kind = values.text("credentials", access == null ? "default" : "static");
    Credentials credentials;
    try {
      credentials = Credentials.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("credentials = " + kind + ": there are no such ones", e);
    }
    if (credentials == Credentials.STATIC && (access == null || secret == null)) {
      throw new IllegalArgumentException(
          "credentials = static need an access-key and a secret-key");
    }
    if (credentials != Credentials.STATIC && (access != null || secret != null)) {
      throw new IllegalArgumentException(
          "access-key and secret-key go with credentials = static alone");
    }
    String profile = values.optional("profile");
    if (profile != null && credentials != Credentials.PROFILE) {
      throw new IllegalArgumentException("profile goes with credentials = profile alone");
    }
    return new Identity(credentials, access, secret, values.optional("session-token"), profile);
  }

  private static URI endpoint(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("endpoint = " + text + ": not a URL", e);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getQuery() != null) {
      throw new IllegalArgumentException("endpoint = " + text + ": not an http or https URL");
    }
    return uri;
  }

  /** Settings by their names, typed. */
  private record Values(Map<String, String> settings) {
    @Nullable String optional(String name) {
      String value = settings.get(name);
      return value == null || value.isBlank() ? null : value.strip();
    }

    String text(String name, String otherwise) {
      String value = optional(name);
      return value == null ? otherwise : value;
    }

    boolean truth(String name, boolean otherwise) {
      String value = text(name, Boolean.toString(otherwise));
      if (!value.equals("true") && !value.equals("false")) {
        throw new IllegalArgumentException(name + " must be true or false");
      }
      return value.equals("true");
    }

    Duration duration(String name, String otherwise) {
      try {
        return Duration.parse(text(name, otherwise));
      } catch (java.time.DateTimeException e) {
        throw new IllegalArgumentException(name + " must be a duration such as PT5S", e);
      }
    }

    int number(String name, int otherwise) {
      String value = text(name, Integer.toString(otherwise));
      if (!value.matches("\\d{1,5}")) {
        throw new IllegalArgumentException(name + " must be a number");
      }
      return Integer.parseInt(value);
    }
  }
}
