package io.sluice.it.harness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The WAR in Jetty's distribution, with the files that conf/jetty tells users to copy. */
final class JettyServer {
  private static final Duration MODULES_LIMIT = Duration.ofSeconds(60);

  private JettyServer() {}

  static Gateway start(Path directory, Path home, String edition, String name) throws IOException {
    Path startJar = home.resolve("start.jar");
    String base = "jetty.base=" + directory;
    Path log = directory.resolve("server.log");
    addModules(
        List.of(
            ServerProcess.java(),
            "-jar",
            startJar.toString(),
            base,
            "--add-modules=server,http,ee10-deploy,ee10-annotations".replace("ee10", edition)),
        directory,
        log);
    int port = FreePort.find();
    Files.createDirectories(directory.resolve("webapps"));
    Files.copy(Artefact.war(), directory.resolve("webapps/ROOT.war"));
    Path documented = Artefact.conf().resolve("jetty");
    Files.createDirectories(directory.resolve("etc"));
    Files.writeString(
        directory.resolve("start.d/sluice.ini"),
        Files.readString(documented.resolve("sluice.ini"))
            .replace("--module=ee10-deploy,ee10", "--module=" + edition + "-deploy," + edition));
    Files.copy(documented.resolve("sluice-http.xml"), directory.resolve("etc/sluice-http.xml"));
    ServerSettings settings = ServerSettings.write(directory);
    ServerProcess process =
        ServerProcess.start(
            List.of(
                ServerProcess.java(),
                "-Xmx256m",
                "-Dsluice.config=" + settings.config(),
                "-jar",
                startJar.toString(),
                base,
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + port),
            directory,
            log);
    URI root = URI.create("http://127.0.0.1:" + port);
    return new Gateway(name, root.resolve("/s3"), process.awaitHealthy(root));
  }

  private static void addModules(List<String> command, Path directory, Path log)
      throws IOException {
    try (ServerProcess modules = ServerProcess.start(command, directory, log)) {
      int exit = modules.awaitExit(MODULES_LIMIT);
      if (exit != 0) {
        throw new IllegalStateException("Jetty did not take its modules:\n" + modules.logTail());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Jetty was prepared", interrupted);
    }
  }
}
