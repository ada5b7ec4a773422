package io.sluice.it.harness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Starts each container once in the life of the test JVM, and shows the end of a server's log when
 * a test fails. Thread-safe.
 *
 * <p>Settings: {@code -Dit.containers=runner,tomcat,nginx-tls}, or {@code -Dit.endpoint=http://…}
 * for a server that runs already.
 */
public final class GatewayExtension implements TestWatcher, ArgumentsProvider {
  private static final Map<Container, Gateway> STARTED = new EnumMap<>(Container.class);
  private static final Map<Container, String> BROKEN = new EnumMap<>(Container.class);

  /** The servers that this run is about; starts those that do not run yet. */
  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    String endpoint = System.getProperty("it.endpoint", "");
    if (!endpoint.isEmpty()) {
      return Stream.of(Arguments.of(new Gateway("external", URI.create(endpoint), null)));
    }
    return containers(context.getRequiredTestClass())
        .map(container -> Arguments.of(started(container)));
  }

  private static Stream<Container> containers(Class<?> test) {
    String names = System.getProperty("it.containers", "");
    if (names.isEmpty()) {
      boolean encrypted = test.isAnnotationPresent(OverTls.class);
      return Stream.concat(
          Container.usual().stream(), encrypted ? Container.encrypted().stream() : Stream.empty());
    }
    return Stream.of(names.split(","))
        .map(name -> Container.valueOf(name.trim().toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /** Whether it can start, or its absence is to be seen. */
  private static boolean wanted(Container container) {
    return container.installed() || "true".equals(System.getenv("SLUICE_IT_REQUIRE_CLIENTS"));
  }

  private static synchronized Gateway started(Container container) {
    if (BROKEN.containsKey(container)) {
      throw new IllegalStateException(container + " did not start: " + BROKEN.get(container));
    }
    return STARTED.computeIfAbsent(container, GatewayExtension::start);
  }

  private static Gateway start(Container container) {
    try {
      Path directory = WorkDirectory.create(container.label());
      Gateway gateway = container.start(directory);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway, directory)));
      return gateway;
    } catch (IOException | RuntimeException failure) {
      // Once is enough to wait for a server that cannot start.
      BROKEN.put(container, failure.toString());
      throw new IllegalStateException(failure);
    }
  }

  /** Objects are many gigabytes in the long run; the logs stay. */
  private static void stop(Gateway gateway, Path directory) {
    gateway.close();
    WorkDirectory.delete(directory.resolve("data"));
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    context
        .getTestInstance()
        .filter(GatewayCase.class::isInstance)
        .map(test -> ((GatewayCase) test).gateway)
        .filter(gateway -> !gateway.external())
        .ifPresent(
            gateway ->
                context.publishReportEntry(
                    "log of " + gateway.name(), "\n" + gateway.process().logTail()));
  }
}
