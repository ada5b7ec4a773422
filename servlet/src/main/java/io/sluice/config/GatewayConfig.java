package io.sluice.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The effective settings. Immutable; its secrets are not in its text.
 *
 * @param listen where the runner listens
 * @param data the data directory
 * @param credentials the credentials file
 * @param region the region that this gateway says it is
 * @param paths how paths and hosts name buckets
 * @param auth how requests are authenticated
 * @param trustedProxies whose word on whom a request is from is believed: addresses and ranges
 * @param store which back end, and its own settings without a prefix
 * @param logFormat how a line of the log is written: text or json
 * @param tracing who is told of requests
 * @param console whether there is a page for administrators
 * @param remoteHealth whether the gateway is ready only while all its providers answer
 * @param metrics who may read the metrics
 * @param buckets what a new bucket is like
 * @param accessLogs when the access logs of buckets are delivered
 * @param providers where further buckets live, by the providers' names
 * @param lifecycle when lifecycle rules are carried out
 * @param encryption where the keys of encryption at rest are
 * @param limits limits of one request
 * @param settings every setting as it was given; secrets are hidden
 */
public record GatewayConfig(
    Listen listen,
    Path data,
    Path credentials,
    String region,
    Paths paths,
    Auth auth,
    List<String> trustedProxies,
    Store store,
    String logFormat,
    Tracing tracing,
    boolean console,
    boolean remoteHealth,
    Metrics metrics,
    Buckets buckets,
    AccessLogs accessLogs,
    Map<String, Provider> providers,
    Lifecycle lifecycle,
    Encryption encryption,
    Limits limits,
    List<Setting> settings) {
  /** Copies map and lists. */
  public GatewayConfig {
    trustedProxies = List.copyOf(trustedProxies);
    providers = Map.copyOf(providers);
    settings = List.copyOf(settings);
  }

  /** Where and how the runner listens; a WAR's container has settings of its own. */
  public record Listen(
      String address,
      int port,
      int threads,
      Duration idleTimeout,
      Duration stopTimeout,
      @Nullable Tls tls) {}

  /**
   * The TLS of the runner.
   *
   * @param certificate the PEM file of the certificate and its chain
   * @param privateKey the PEM file of its key
   * @param clientCa the PEM file of the authorities that clients' certificates must be from; null
   *     asks clients for none
   * @param http2 whether HTTP/2 is offered beside HTTP/1.1
   */
  public record Tls(Path certificate, Path privateKey, @Nullable Path clientCa, boolean http2) {}

  /** How paths and hosts name buckets. */
  public record Paths(
      List<String> baseDomains,
      List<String> websiteDomains,
      boolean s3AtRoot,
      boolean plusIsSpace) {
    /** Copies the lists. */
    public Paths {
      baseDomains = List.copyOf(baseDomains);
      websiteDomains = List.copyOf(websiteDomains);
    }
  }

  /**
   * How requests are authenticated; without signatures every request is the first administrator's.
   */
  public record Auth(
      boolean signatures,
      @Nullable String enforcedRegion,
      boolean sigV2Presigned,
      boolean sigV2Header,
      Duration maxSkew,
      List<String> externalHosts) {
    /** Copies the list. */
    public Auth {
      externalHosts = List.copyOf(externalHosts);
    }
  }

  /** Which back end, the name under which users know it, and its settings. */
  public record Store(String provider, String name, Map<String, String> settings) {
    /** Copies the map. */
    public Store {
      settings = Map.copyOf(settings);
    }
  }

  /**
   * Who may read the metrics.
   *
   * @param token what a scraper sends; empty to serve this machine alone
   */
  public record Metrics(String token) {
    @Override
    public String toString() {
      return token.isEmpty() ? "Metrics[]" : "Metrics[token]";
    }
  }

  /**
   * Who is told of requests.
   *
   * @param endpoint where a collector takes traces; empty for no traces
   * @param share how many of all traces are told, from 0 to 1
   */
  public record Tracing(String endpoint, double share) {}

  /**
   * What a new bucket is like that says nothing of it: its object ownership by S3's name, and
   * whether it blocks public access.
   */
  public record Buckets(String objectOwnership, boolean blockPublicAccess) {}

  /** The age, and the size, at which the access log of a bucket is delivered. */
  public record AccessLogs(Duration interval, DataSize size) {}

  /** A provider of buckets: its settings without a prefix, some of them secret. */
  public record Provider(Map<String, String> settings) {
    /** Copies the map. */
    public Provider {
      settings = Map.copyOf(settings);
    }

    /** A setting; the default when nothing sets it. */
    public String get(ProviderKey key) {
      return settings.getOrDefault(key.key(), key.defaultValue());
    }

    @Override
    public String toString() {
      return "Provider" + settings.keySet();
    }
  }

  /**
   * When lifecycle rules are carried out.
   *
   * @param interval from one pass over all buckets to the next; nothing is carried out with zero
   * @param day how long a day of a rule lasts
   */
  public record Lifecycle(Duration interval, Duration day) {}

  /**
   * Where the keys of encryption at rest are.
   *
   * @param keyFile the file of the master keys
   * @param keyVariable the environment variable that holds them in its place, or null
   * @param kmsKeys names and aliases of the keys of KMS
   * @param customerKeysInTheClear whether clients may send their keys over plain HTTP
   */
  public record Encryption(
      Path keyFile,
      @Nullable String keyVariable,
      List<String> kmsKeys,
      @Nullable Vault vault,
      boolean customerKeysInTheClear) {
    /**
     * A transit engine of Vault's.
     *
     * @param address where it is
     * @param tokenFile the file of the token
     * @param mount its path
     * @param key the key of requests that name none
     */
    public record Vault(URI address, Path tokenFile, String mount, String key) {}

    /** Copies the list. */
    public Encryption {
      kmsKeys = List.copyOf(kmsKeys);
    }
  }

  /** Limits of one request: its headers, what is read of a refused body before closing, a copy. */
  public record Limits(DataSize headers, DataSize drain, Duration drainTime, DataSize copy) {}
}
