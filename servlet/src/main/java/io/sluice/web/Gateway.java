package io.sluice.web;

import io.sluice.auth.AuthSettings;
import io.sluice.auth.Authenticator;
import io.sluice.auth.Credential;
import io.sluice.auth.CredentialStore;
import io.sluice.auth.FileCredentialStore;
import io.sluice.cluster.ClusterSettings;
import io.sluice.cluster.Feature;
import io.sluice.config.ConfigException;
import io.sluice.config.GatewayConfig;
import io.sluice.encryption.ServerSideEncryption;
import io.sluice.iam.AccessDecisions;
import io.sluice.iam.BoundedAccess;
import io.sluice.iam.Explanations;
import io.sluice.iam.PolicyAuthorizer;
import io.sluice.iam.Principals;
import io.sluice.iam.acl.AclDecisions;
import io.sluice.iam.acl.Acls;
import io.sluice.iam.acl.ObjectOwnership;
import io.sluice.iam.directory.Directory;
import io.sluice.iam.directory.DirectoryPrincipals;
import io.sluice.lifecycle.LifecycleDays;
import io.sluice.lifecycle.LifecycleRunner;
import io.sluice.lifecycle.Lifecycles;
import io.sluice.logging.LogFormat;
import io.sluice.metrics.GatewayMetrics;
import io.sluice.operation.Authorizer;
import io.sluice.operation.BucketProperties;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.PublicAccessBlock;
import io.sluice.operation.Router;
import io.sluice.operation.S3Operation;
import io.sluice.operation.acl.AclOperations;
import io.sluice.operation.annotation.AnnotationOperations;
import io.sluice.operation.bucket.BucketOperations;
import io.sluice.operation.bucket.NewBuckets;
import io.sluice.operation.encryption.EncryptionOperations;
import io.sluice.operation.form.FormOperations;
import io.sluice.operation.lifecycle.LifecycleOperations;
import io.sluice.operation.multipart.MultipartOperations;
import io.sluice.operation.object.ObjectOperations;
import io.sluice.operation.policy.PolicyOperations;
import io.sluice.operation.service.ServiceOperations;
import io.sluice.operation.setting.CorsRules;
import io.sluice.operation.setting.SettingOperations;
import io.sluice.protocol.TargetParser;
import io.sluice.storage.Storage;
import io.sluice.tracing.RequestTraces;
import io.sluice.uri.PercentCoding;
import io.sluice.web.cors.CrossOrigin;
import io.sluice.web.health.SelfTest;
import io.sluice.web.logging.AccessLog;
import io.sluice.web.logging.LogDelivery;
import io.sluice.web.proxy.TrustedProxies;
import io.sluice.web.website.Website;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The composition root: everything is made here, from top to bottom. Thread-safe. */
public final class Gateway implements Closeable {
  private final GatewayConfig config;
  private final Storage storage;
  private final ClusterSettings cluster;
  private final Directory directory;
  private final @Nullable Credential generated;
  private final List<OperationHandler> handlers;
  private final GatewayMetrics metrics;
  private final @Nullable AccessLog accessLog;
  private final LifecycleRunner lifecycle;
  private final RequestTraces traces;
  private final SelfTest selfTest = new SelfTest();
  private final TrustedProxies trustedProxies;

  /** What lies in the data directory. */
  private record Opened(Storage storage, ClusterSettings cluster) {}

  private Gateway(
      GatewayConfig config,
      Opened opened,
      Directory directory,
      @Nullable Credential generated,
      List<OperationHandler> handlers) {
    this.config = config;
    this.trustedProxies = TrustedProxies.parse(config.trustedProxies());
    this.storage = opened.storage();
    this.cluster = opened.cluster();
    this.directory = directory;
    this.generated = generated;
    this.handlers = List.copyOf(handlers);
    this.traces = traces(config.tracing());
    this.lifecycle =
        new LifecycleRunner(
            storage, new LifecycleDays(config.lifecycle().day()), Clock.systemUTC());
    this.metrics = new GatewayMetrics(storage.metrics());
    OperationHandler putObject = handler(handlers, S3Operation.PUT_OBJECT);
    this.accessLog =
        putObject == null
            ? null
            : new AccessLog(
                storage,
                new LogDelivery(storage.buckets(), putObject, authorizer()),
                new AccessLog.Roll(
                    config.accessLogs().interval(), config.accessLogs().size().bytes()),
                Clock.systemUTC());
  }

  /**
   * Opens store and credentials; makes the credentials at the first start.
   *
   * @throws ConfigException for a bad setting, in one line
   * @throws IOException when the data directory cannot be used, in one line
   */
  public static Gateway open(GatewayConfig config) throws IOException {
    format(config);
    Files.createDirectories(config.data());
    Storage storage = Backends.open(config);
    try {
      Path file = config.credentials();
      Credential generated = Files.exists(file) ? null : FileCredentialStore.generate(file);
      Directory directory =
          Directory.open(
              config.data(), FileCredentialStore.open(file, Clock.systemUTC()), Clock.systemUTC());
      ServerSideEncryption encryption =
          new ServerSideEncryption(storage, EncryptionKeys.of(storage, config));
      ClusterSettings cluster = ClusterSettings.open(config.data(), initial(config));
      Gateway gateway =
          new Gateway(
              config,
              new Opened(storage, cluster),
              directory,
              generated,
              operations(storage, cluster, config, directory, encryption));
      gateway.startLifecycle();
      return gateway;
    } catch (IOException | RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  private static void format(GatewayConfig config) {
    try {
      LogFormat.of(config.logFormat()).apply();
    } catch (IllegalStateException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private void startLifecycle() {
    if (!config.lifecycle().interval().isZero()) {
      lifecycle.start(config.lifecycle().interval());
    }
  }

  /** A gateway over a store that is open already. */
  public static Gateway over(
      GatewayConfig config, Storage storage, Directory directory, List<OperationHandler> handlers) {
    Opened opened = new Opened(storage, ClusterSettings.inMemory(initial(config)));
    return new Gateway(config, opened, directory, null, handlers);
  }

  /** The features that are on until an administrator says otherwise. */
  private static Set<Feature> initial(GatewayConfig config) {
    return config.paths().s3AtRoot() ? Set.of(Feature.S3_API_VIA_ROOT) : Set.of();
  }

  static List<OperationHandler> operations(
      Storage storage,
      ClusterSettings cluster,
      GatewayConfig config,
      Directory directory,
      ServerSideEncryption encryption) {
    Principals principals = new DirectoryPrincipals(directory);
    Authorizer authorizer = authorizer(storage, config, principals);
    Acls acls = new Acls(storage.buckets(), directory, ownership(config));
    LifecycleDays days = new LifecycleDays(config.lifecycle().day());
    Lifecycles lifecycles = new Lifecycles(storage, days, Clock.systemUTC());
    List<OperationHandler> handlers = new ArrayList<>();
    handlers.addAll(ServiceOperations.of(storage, config.store().name()));
    handlers.addAll(
        BucketOperations.of(
            storage,
            acls,
            lifecycles,
            Clock.systemUTC(),
            new NewBuckets(config.region(), () -> ofNewBuckets(config, cluster))));
    handlers.addAll(PolicyOperations.of(storage, principals));
    handlers.addAll(
        ObjectOperations.of(
            storage,
            new ObjectOperations.Rules(
                acls, authorizer, lifecycles, encryption, config.limits().copy().bytes())));
    handlers.addAll(
        MultipartOperations.of(storage, acls, lifecycles, encryption, Clock.systemUTC()));
    handlers.addAll(AclOperations.of(storage, acls));
    handlers.addAll(LifecycleOperations.of(storage, lifecycles));
    handlers.addAll(AnnotationOperations.of(storage, Clock.systemUTC()));
    handlers.addAll(SettingOperations.of(storage));
    handlers.addAll(EncryptionOperations.of(storage, encryption, Clock.systemUTC()));
    handlers.addAll(
        FormOperations.of(
            storage, authenticator(config, directory), authorizer, handlers, Clock.systemUTC()));
    return handlers;
  }

  private static ObjectOwnership ownership(GatewayConfig config) {
    return ObjectOwnership.of(config.buckets().objectOwnership()).orElseThrow();
  }

  private static Map<String, byte[]> ofNewBuckets(GatewayConfig config, ClusterSettings cluster) {
    Map<String, byte[]> settings = new HashMap<>();
    if (config.buckets().blockPublicAccess()) {
      settings.put(PublicAccessBlock.SETTING, PublicAccessBlock.ALL.bytes());
    }
    String checksumType = cluster.values().checksumType();
    if (checksumType != null) {
      Map<String, String> properties = Map.of(BucketProperties.CHECKSUM_TYPE, checksumType);
      settings.put(BucketProperties.SETTING, BucketProperties.of(properties).document());
    }
    return settings;
  }

  private static BoundedAccess authorizer(
      Storage storage, GatewayConfig config, Principals principals) {
    return new BoundedAccess(
        storage.buckets(), new PolicyAuthorizer(decisions(storage, config, principals)));
  }

  private static AccessDecisions decisions(
      Storage storage, GatewayConfig config, Principals principals) {
    return new AccessDecisions(
        principals,
        new AclDecisions(storage.buckets(), storage.objects()),
        storage,
        config.region(),
        Clock.systemUTC());
  }

  /** The settings. */
  public GatewayConfig config() {
    return config;
  }

  /** The key that was made because there was none; to be shown once, and never logged. */
  public Optional<Credential> generatedCredential() {
    return Optional.ofNullable(generated);
  }

  /** What it tells of itself. */
  public GatewayMetrics metrics() {
    return metrics;
  }

  private static RequestTraces traces(GatewayConfig.Tracing tracing) {
    try {
      return RequestTraces.of(tracing.endpoint(), tracing.share());
    } catch (IllegalArgumentException e) {
      throw new ConfigException("tracing.endpoint = " + tracing.endpoint() + ": " + e.getMessage());
    }
  }

  RequestTraces traces() {
    return traces;
  }

  /** Tests what the container lets through. */
  public SelfTest selfTest() {
    return selfTest;
  }

  Storage storage() {
    return storage;
  }

  ClusterSettings cluster() {
    return cluster;
  }

  Directory directory() {
    return directory;
  }

  /** Tells what {@link #authorizer} would decide. */
  Explanations explanations() {
    Principals principals = new DirectoryPrincipals(directory);
    return new Explanations(
        decisions(storage, config, principals), authorizer(storage, config, principals));
  }

  Authenticator authenticator() {
    return authenticator(config, directory);
  }

  private static Authenticator authenticator(GatewayConfig config, CredentialStore credentials) {
    GatewayConfig.Auth auth = config.auth();
    AuthSettings settings =
        new AuthSettings(
            auth.signatures() ? AuthSettings.Mode.SIGV4 : AuthSettings.Mode.NONE,
            auth.enforcedRegion(),
            auth.sigV2Presigned(),
            auth.sigV2Header(),
            auth.maxSkew(),
            auth.externalHosts(),
            plus(config));
    return new Authenticator(settings, credentials, Clock.systemUTC());
  }

  TrustedProxies trustedProxies() {
    return trustedProxies;
  }

  RoutingFilter routing() {
    GatewayConfig.Paths paths = config.paths();
    TargetParser open = new TargetParser(paths.baseDomains(), TargetParser.Root.S3, plus(config));
    TargetParser closed =
        new TargetParser(paths.baseDomains(), TargetParser.Root.CLOSED, plus(config));
    Supplier<TargetParser> parser = () -> cluster.has(Feature.S3_API_VIA_ROOT) ? open : closed;
    return new RoutingFilter(parser, new Router(), new CrossOrigin(new CorsRules(storage)));
  }

  /** Serves websites; nothing when no host is one. */
  Optional<WebsiteFilter> websites() {
    OperationHandler getObject = handler(handlers, S3Operation.GET_OBJECT);
    List<String> domains = config.paths().websiteDomains();
    if (domains.isEmpty() || getObject == null) {
      return Optional.empty();
    }
    WebsiteFilter.Parts parts =
        new WebsiteFilter.Parts(
            new Website(storage),
            new CrossOrigin(new CorsRules(storage)),
            authenticator(),
            authorizer(),
            getObject,
            refusals());
    return Optional.of(
        new WebsiteFilter(new TargetParser(domains, TargetParser.Root.S3, plus(config)), parts));
  }

  private static @Nullable OperationHandler handler(
      List<OperationHandler> handlers, S3Operation operation) {
    return handlers.stream()
        .filter(handler -> handler.operation() == operation)
        .findFirst()
        .orElse(null);
  }

  /** The access logs of buckets; nothing when objects cannot be put. */
  Optional<AccessLog> accessLog() {
    return Optional.ofNullable(accessLog);
  }

  Refusals refusals() {
    return new Refusals(config.limits().drain().bytes(), config.limits().drainTime());
  }

  private static PercentCoding.Plus plus(GatewayConfig config) {
    return config.paths().plusIsSpace() ? PercentCoding.Plus.SPACE : PercentCoding.Plus.PLUS;
  }

  ErrorFilter errors() {
    return new ErrorFilter(refusals());
  }

  Authorizer authorizer() {
    return authorizer(storage, config, new DirectoryPrincipals(directory));
  }

  /** Every operation that is there; a row without one answers 501. */
  List<OperationHandler> handlers() {
    return handlers;
  }

  @Override
  public void close() throws IOException {
    if (accessLog != null) {
      accessLog.close();
    }
    lifecycle.close();
    traces.close();
    metrics.close();
    storage.close();
    LogFormat.flush();
  }
}
