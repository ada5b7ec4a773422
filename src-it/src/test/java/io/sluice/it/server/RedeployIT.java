package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Artefact;
import io.sluice.it.harness.FreePort;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.TomcatServer;
import io.sluice.it.harness.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;

/**
 * The WAR is taken away from a running Tomcat and put back: no thread and no open file is left,
 * class loaders do not add up, and the store is as it was. {@code -Dit.redeploys} says how often.
 */
class RedeployIT {
  private static final int ROUNDS = Integer.getInteger("it.redeploys", 3);

  /**
   * The JDK 17 itself keeps the last loader whose records were compared (ObjectMethods.OBJECT_EQ),
   * and a file that Tomcat sends keeps another for half a minute.
   */
  private static final int LEFT = 2;

  private final Path directory;

  RedeployIT() throws IOException {
    directory = WorkDirectory.create("redeploy");
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    int port = FreePort.find();
    List<String> options =
        List.of(
            // As Tomcat's own scripts say, so that it looks for leaks itself.
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
            "-Dcom.sun.management.jmxremote.port=" + port,
            "-Dcom.sun.management.jmxremote.rmi.port=" + port,
            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
            "-Djava.rmi.server.hostname=127.0.0.1",
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false");
    String address = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi";
    try (Gateway gateway = TomcatServer.start(directory, options);
        JMXConnector jmx = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
      MBeanServerConnection server = jmx.getMBeanServerConnection();
      RawRequest.of(gateway, "PUT", "/kept").send();
      for (int round = 0; round < ROUNDS; round++) {
        int size =
            round == 0 ? 100_000 : 10_000; // one by sendfile, which holds on for half a minute
        RawRequest.of(gateway, "PUT", "/kept/" + round).body(new byte[size]).send();
        Files.delete(directory.resolve("webapps/ROOT.war"));
        deploy(server);
        assertThat(RawRequest.of(gateway, "GET", "/kept").send().status()).isEqualTo(404);
        nothingOf(gateway, server);

        Files.copy(Artefact.war(), directory.resolve("webapps/ROOT.war"));
        deploy(server);
        assertThat(RawRequest.of(gateway, "GET", "/kept/" + round).send().body()).hasSize(size);
      }
      assertThat(gateway.process().log())
          .doesNotContain("memory leak", "failed to stop it", "failed to unregister it");
    }
  }

  /** Tells Tomcat to look at its directory now. */
  private static void deploy(MBeanServerConnection server) throws Exception {
    ObjectName deployer = new ObjectName("Catalina:type=Deployer,host=localhost");
    server.invoke(deployer, "check", new Object[] {""}, new String[] {String.class.getName()});
  }

  private void nothingOf(Gateway gateway, MBeanServerConnection server) throws Exception {
    Set<String> left = threads(server);
    for (int wait = 0; wait < 50 && !left.isEmpty(); wait++) { // the self-test ends by itself
      Thread.sleep(100);
      left = threads(server);
    }
    assertThat(left).isEmpty();
    ObjectName diagnostics = new ObjectName("com.sun.management:type=DiagnosticCommand");
    String[] signature = {String[].class.getName()};
    Object[] none = {new String[0]};
    long loaders = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 5 && loaders > LEFT; attempt++) {
      loaders = loaders((String) server.invoke(diagnostics, "gcClassHistogram", none, signature));
    }
    // (ObjectMethods.OBJECT_EQ).
    assertThat(loaders).isLessThanOrEqualTo(LEFT);
    assertThat(open(gateway)).isEmpty();
  }

  /** How many class loaders of web applications a histogram of the whole heap counts. */
  private static long loaders(String histogram) {
    return histogram
        .lines()
        .filter(line -> line.contains("org.apache.catalina.loader.ParallelWebappClassLoader"))
        .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
        .max()
        .orElse(0);
  }

  /** Threads that Tomcat and the virtual machine did not start. */
  private static Set<String> threads(MBeanServerConnection server) throws Exception {
    ObjectName name = new ObjectName("java.lang:type=Threading");
    long[] ids = (long[]) server.getAttribute(name, "AllThreadIds");
    Object found =
        server.invoke(
            name, "getThreadInfo", new Object[] {ids}, new String[] {long[].class.getName()});
    Set<String> names = new TreeSet<>();
    for (javax.management.openmbean.CompositeData thread :
        (javax.management.openmbean.CompositeData[]) found) {
      if (thread != null) {
        names.add((String) thread.get("threadName"));
      }
    }
    names.removeIf(
        thread ->
            thread.matches(
                "(http-nio-|Catalina-|RMI |JMX |Reference Handler|Finalizer|Signal Dispatcher|main"
                    + "|Common-Cleaner|Notification Thread|container-|Attach Listener|DestroyJavaVM"
                    + "|Cleaner-|AsyncFileHandlerWriter|FileHandlerLogFilesCleaner|process reaper"
                    + "|ForkJoinPool.commonPool|CompletableFutureDelayScheduler).*"));
    return names;
  }

  private static Path processOf(Gateway gateway) {
    return Path.of("/proc/" + gateway.process().pid());
  }

  /** The store's and the application's files that the process still holds. */
  private Set<String> open(Gateway gateway) throws IOException {
    Set<String> held = new TreeSet<>();
    try (Stream<Path> descriptors = Files.list(processOf(gateway).resolve("fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith(directory.resolve("data").toString())
              || target.contains("/webapps/ROOT")) {
            held.add(target);
          }
        }
      }
    }
    return held;
  }
}
