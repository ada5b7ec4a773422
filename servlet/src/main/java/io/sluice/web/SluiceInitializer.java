package io.sluice.web;

import io.sluice.admin.AdminServlet;
import io.sluice.auth.Authenticator;
import io.sluice.cluster.Feature;
import io.sluice.config.ConfigException;
import io.sluice.config.ConfigReader;
import io.sluice.config.ProviderKey;
import io.sluice.iam.BoundedAccess;
import io.sluice.iam.directory.DirectoryPrincipals;
import io.sluice.metrics.MetricsServlet;
import io.sluice.metrics.OperatorAccess;
import io.sluice.operation.Authorizer;
import io.sluice.operation.forward.PassThrough;
import io.sluice.sts.TokenService;
import io.sluice.web.console.ConsoleServlet;
import io.sluice.web.health.EchoServlet;
import io.sluice.web.health.HealthServlet;
import io.sluice.web.health.Readiness;
import io.sluice.web.health.SelfTestServlet;
import io.sluice.web.proxy.ForwardedFilter;
import io.sluice.web.sts.SecurityTokenServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers filters and servlets in reading order. Containers find it by itself; whoever wires
 * Sluice into another application switches it off with the context parameter {@code sluice.start =
 * false}.
 */
public final class SluiceInitializer implements ServletContainerInitializer {
  private static final Logger LOG = LoggerFactory.getLogger(SluiceInitializer.class);
  private static final String CONFIG = "sluice.config";

  private final @Nullable Gateway given;

  /** For containers: settings come from {@code sluice.config} and the environment. */
  public SluiceInitializer() {
    this.given = null;
  }

  /** For a gateway that is open; it is closed with the web application. */
  public SluiceInitializer(Gateway gateway) {
    this.given = gateway;
  }

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    if ("false".equals(context.getInitParameter("sluice.start"))) {
      return;
    }
    Gateway gateway = given == null ? open(context) : given;
    Authenticator authenticator = gateway.authenticator();
    OperationServlet.Elsewhere elsewhere = elsewhere(gateway);
    if (!gateway.trustedProxies().isEmpty()) {
      addFilter(context, new ForwardedFilter(gateway.trustedProxies()));
    }
    addFilter(context, new RequestIdFilter());
    addFilter(
        context, new ObservationFilter(gateway.metrics(), gateway.accessLog(), gateway.traces()));
    addFilter(context, gateway.errors());
    gateway.websites().ifPresent(filter -> addFilter(context, filter));
    addFilter(context, gateway.routing());
    addFilter(context, new SigV4Filter(authenticator, elsewhere.passThrough()));
    addFilter(
        context,
        new AuthorizationFilter(
            gateway.authorizer(), new BoundedAccess(gateway.storage().buckets(), Authorizer.NONE)));
    addServlet(
        context, new S3DispatchServlet(gateway.handlers(), gateway.storage(), elsewhere), "/*");
    addServlet(
        context, new MultipartServlet(gateway.handlers(), gateway.storage(), elsewhere), null);
    addPages(context, gateway);
    addServlet(context, tokens(gateway, authenticator), null);
    addServlet(
        context,
        new AdminServlet(
            gateway.storage(),
            gateway.config().providers().keySet(),
            new AdminServlet.Place(
                gateway.config().store().name(),
                gateway.config().data().toAbsolutePath().toString(),
                gateway.cluster(),
                gateway.config().settings(),
                gateway.directory().editor(),
                gateway.explanations()),
            request ->
                authenticator.authenticate(
                    ServletSignableRequest.of(request, Exchange.of(request))),
            (request, authenticated, operation, target) ->
                AuthorizationFilter.require(
                    gateway.authorizer(), request, authenticated, operation, target)),
        null);
    addServlet(context, new ErrorPageServlet(), ErrorPageServlet.PATH);
    context.addListener(new Closing(gateway));
  }

  /** The token service. */
  private static SecurityTokenServlet tokens(Gateway gateway, Authenticator authenticator) {
    return new SecurityTokenServlet(
        new TokenService(
            gateway.directory(), new DirectoryPrincipals(gateway.directory()), Clock.systemUTC()),
        (request, body) ->
            new TokenService.Caller(
                authenticator.authenticate(
                    ServletSignableRequest.of(request, Exchange.of(request)),
                    TokenService.NAME,
                    body),
                AuthorizationFilter.origin(request)),
        request -> Exchange.of(request).requestId());
  }

  /** What is executed by the S3 that a bucket lives in, since it was signed for that. */
  private static OperationServlet.Elsewhere elsewhere(Gateway gateway) {
    boolean byKey =
        gateway.config().providers().values().stream()
            .anyMatch(provider -> !provider.get(ProviderKey.SIGNED_ACCESS_KEYS).isBlank());
    return new OperationServlet.Elsewhere(
        new PassThrough(
            gateway.storage(), () -> gateway.cluster().has(Feature.S3_PRESIGNED_REQUEST), byKey),
        gateway.refusals());
  }

  /** What the gateway tells of itself. */
  private static void addPages(ServletContext context, Gateway gateway) {
    OperatorAccess operators = new OperatorAccess(gateway.config().metrics().token());
    if (gateway.config().console()) {
      addServlet(context, new ConsoleServlet(), null);
    }
    addServlet(context, new MetricsServlet(gateway.metrics(), operators), null);
    Readiness readiness = new Readiness(gateway.storage(), gateway.config().remoteHealth());
    addServlet(context, new HealthServlet(readiness, gateway.selfTest()), null);
    addServlet(context, new EchoServlet(gateway.selfTest()), null);
    addServlet(context, new SelfTestServlet(gateway.selfTest(), operators), null);
  }

  private static Gateway open(ServletContext context) throws ServletException {
    try {
      ConfigReader reader =
          new ConfigReader().file(configFile(context)).environment(System.getenv());
      Gateway gateway = Gateway.open(reader.read());
      gateway
          .generatedCredential()
          .ifPresent(
              credential ->
                  LOG.info(
                      "Made a key pair for the first administrator in {}",
                      gateway.config().credentials().toAbsolutePath()));
      return gateway;
    } catch (ConfigException | IllegalArgumentException | IOException e) {
      throw new ServletException("Sluice does not start: " + e.getMessage(), e);
    }
  }

  private static @Nullable Path configFile(ServletContext context) {
    String name = System.getProperty(CONFIG);
    if (name == null) {
      name = System.getenv("SLUICE_CONFIG");
    }
    if (name == null) {
      name = context.getInitParameter(CONFIG);
    }
    return name == null || name.isBlank() ? null : Path.of(name);
  }

  private static void addFilter(ServletContext context, Filter filter) {
    FilterRegistration.Dynamic registration =
        context.addFilter(filter.getClass().getName(), filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
  }

  private static void addServlet(
      ServletContext context, Servlet servlet, @Nullable String mapping) {
    ServletRegistration.Dynamic registration =
        context.addServlet(servlet.getClass().getName(), servlet);
    registration.setAsyncSupported(true);
    if (mapping != null) {
      registration.addMapping(mapping);
    }
  }

  /** Closes the gateway with the web application. */
  private record Closing(Gateway gateway) implements ServletContextListener {
    @Override
    public void contextDestroyed(ServletContextEvent event) {
      try {
        gateway.close();
      } catch (IOException e) {
        LOG.error("The store did not close", e);
      }
    }
  }
}
