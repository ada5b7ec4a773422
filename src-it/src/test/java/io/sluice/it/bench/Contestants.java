package io.sluice.it.bench;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.FreePort;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.ServerProcess;
import io.sluice.it.harness.ServerSettings;
import io.sluice.it.harness.TomcatServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts who takes part. */
final class Contestants {
  private static final String NGINX =
      """
      daemon off;
      user %3$s;
      worker_processes 2;
      pid %1$s/nginx.pid;
      error_log stderr warn;
      events { worker_connections 1024; }
      http {
        access_log off;
        sendfile on;
        tcp_nopush on;
        keepalive_requests 1000000;
        server { listen 127.0.0.1:%2$d; root %1$s/files; }
      }
      """;

  private final Path directory;

  Contestants(Path directory) {
    this.directory = directory;
  }

  /** All of them; the caller closes each. */
  List<Contestant> start() throws IOException {
    List<Contestant> all = new ArrayList<>();
    Path runner = Files.createDirectories(directory.resolve("runner"));
    all.add(
        new Contestant(
            "runner",
            RunnerServer.start(runner, ServerSettings.write(runner), "-Xmx256m"),
            Contestant.Kind.SLUICE));
    Path tomcat = Files.createDirectories(directory.resolve("tomcat"));
    all.add(
        new Contestant("Tomcat", TomcatServer.startWithContext(tomcat), Contestant.Kind.SLUICE));
    all.add(nginx());
    all.add(s3proxy());
    return all;
  }

  private Contestant nginx() throws IOException {
    Path home = directory.resolve("nginx");
    Files.createDirectories(home.resolve("files"));
    int port = FreePort.find();
    Path conf =
        Files.writeString(
            home.resolve("nginx.conf"),
            NGINX.formatted(home, port, System.getProperty("user.name")));
    ServerProcess process =
        ServerProcess.start(
            List.of("nginx", "-p", home.toString(), "-c", conf.toString()),
            home,
            home.resolve("nginx.log"));
    URI root = URI.create("http://127.0.0.1:" + port);
    process.awaitStatus(root, 403);
    return new Contestant("nginx", new Gateway("nginx", root, process), Contestant.Kind.FILES);
  }

  /** Where nginx finds files. */
  Path files() {
    return directory.resolve("nginx/files");
  }

  private Contestant s3proxy() throws IOException {
    Path home = Files.createDirectories(directory.resolve("s3proxy/data")).getParent();
    int port = FreePort.find();
    Path properties =
        Files.writeString(
            home.resolve("s3proxy.conf"),
            """
            s3proxy.endpoint=http://127.0.0.1:%d
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=filesystem-nio2
            jclouds.filesystem.basedir=%s/data
            """
                .formatted(port, Account.TESTER.accessKey(), Account.TESTER.secretKey(), home));
    Path logback =
        Files.writeString(
            home.resolve("logback.xml"), "<configuration><root level=\"off\"/></configuration>");
    ServerProcess process =
        ServerProcess.start(
            List.of(
                ServerProcess.java(),
                "-Xmx512m",
                "-Dlogback.configurationFile=" + logback,
                "-cp",
                Path.of("target/s3proxy").toAbsolutePath() + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                properties.toString()),
            home,
            home.resolve("s3proxy.log"));
    URI root = URI.create("http://127.0.0.1:" + port);
    process.awaitStatus(root.resolve("/"), 403);
    return new Contestant("s3proxy", new Gateway("s3proxy", root, process), Contestant.Kind.PEER);
  }
}
