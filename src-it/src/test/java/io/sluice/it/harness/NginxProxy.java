package io.sluice.it.harness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx in front of a gateway, with the files that conf/nginx tells users to take. */
public final class NginxProxy {
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
        include %1$s/sluice.conf;
      }
      """;

  private NginxProxy() {}

  /** With conf/nginx/sluice.conf: plain HTTP. */
  public static Gateway start(Path directory, Gateway behind) throws IOException {
    int port = FreePort.find();
    String conf = documented("sluice.conf", behind, "listen 80;", "listen 127.0.0.1:" + port + ";");
    return start(directory, conf, URI.create("http://127.0.0.1:" + port));
  }

  /** With conf/nginx/sluice-tls.conf: TLS and HTTP/2. */
  public static Gateway startTls(Path directory, Gateway behind) throws IOException {
    Certificate certificate = Certificate.shared();
    int port = FreePort.find();
    String conf =
        documented(
            "sluice-tls.conf",
            behind,
            "listen 443 ssl http2;",
            "listen 127.0.0.1:" + port + " ssl http2;",
            "/etc/nginx/tls/s3.crt",
            certificate.chain().toString(),
            "/etc/nginx/tls/s3.key",
            certificate.key().toString(),
            "server_name s3.example.com *.s3.example.com *.web.example.com;",
            "server_name " + Gateway.BASE_DOMAIN + " *." + Gateway.BASE_DOMAIN + ";");
    return start(directory, conf, URI.create("https://127.0.0.1:" + port));
  }

  private static Gateway start(Path directory, String conf, URI root) throws IOException {
    Path whole = directory.resolve("nginx.conf");
    Files.writeString(directory.resolve("sluice.conf"), conf);
    Files.writeString(whole, WHOLE.formatted(directory));
    ServerProcess process =
        ServerProcess.start(
            List.of("nginx", "-p", directory.toString(), "-c", whole.toString()),
            directory,
            directory.resolve("nginx.log"));
    process.awaitStatus(root.resolve("/s3"), 403);
    return new Gateway("nginx", root.resolve("/s3"), process);
  }

  /** A file of conf/nginx for another gateway, and with some of its texts replaced. */
  private static String documented(String file, Gateway behind, String... replacements)
      throws IOException {
    String text = Files.readString(Artefact.conf().resolve("nginx").resolve(file));
    text = replaced(text, "server 127.0.0.1:8080;", "server " + behind.authority() + ";");
    for (int i = 0; i < replacements.length; i += 2) {
      text = replaced(text, replacements[i], replacements[i + 1]);
    }
    return text;
  }

  private static String replaced(String text, String old, String now) {
    if (!text.contains(old)) {
      throw new IllegalStateException("conf/nginx no longer says: " + old);
    }
    return text.replace(old, now);
  }
}
