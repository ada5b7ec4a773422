package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Artefact;
import io.sluice.it.harness.FreePort;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** nginx before many gateways, with the file that docs/SCALING.md tells to take. */
final class NginxOfMany {
  private static final String WHOLE =
      """
      daemon off;
      pid %1$s/nginx.pid;
      error_log stderr warn;
      events { worker_connections 256; }
      http {
        access_log off;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        include %1$s/sluice-many.conf;
      }
      """;

  private NginxOfMany() {}

  /** Starts it; it is the caller's to close. */
  static Gateway start(Path directory, Gateway... gateways) throws IOException {
    int port = FreePort.find();
    String documented = Files.readString(Artefact.conf().resolve("nginx/sluice-many.conf"));
    List<String> lines =
        documented.lines().filter(line -> line.contains("server 127.0.0.1:")).toList();
    assertThat(lines).hasSize(2);
    String servers =
        Arrays.stream(gateways)
            .map(gateway -> lines.get(0).replace("127.0.0.1:8081", gateway.authority()))
            .collect(Collectors.joining("\n"));
    Files.writeString(
        directory.resolve("sluice-many.conf"),
        documented
            .replace(lines.get(1) + "\n", "")
            .replace(lines.get(0), servers)
            .replace("listen 80;", "listen 127.0.0.1:" + port + ";"));
    Path whole = directory.resolve("nginx.conf");
    Files.writeString(whole, WHOLE.formatted(directory));
    ServerProcess process =
        ServerProcess.start(
            List.of("nginx", "-p", directory.toString(), "-c", whole.toString()),
            directory,
            directory.resolve("nginx.log"));
    URI root = URI.create("http://127.0.0.1:" + port);
    process.awaitStatus(root.resolve("/s3"), 403);
    return new Gateway("nginx", root.resolve("/s3"), process);
  }
}
