package io.sluice.it.harness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code java -jar sluice.jar serve}. */
public final class RunnerServer {
  private RunnerServer() {}

  static Gateway start(Path directory, String... moreProperties) throws IOException {
    return launch(directory, "runner", "http", moreProperties);
  }

  /** With the certificate that every client of the tests trusts. */
  static Gateway startTls(Path directory) throws IOException {
    Certificate certificate = Certificate.shared();
    return launch(
        directory,
        "runner_tls",
        "https",
        "tls.certificate=" + certificate.chain(),
        "tls.private-key=" + certificate.key());
  }

  private static Gateway launch(
      Path directory, String name, String scheme, String... moreProperties) throws IOException {
    ServerSettings settings = ServerSettings.write(directory, moreProperties);
    int port = FreePort.find();
    Path log = directory.resolve("server.log");
    ServerProcess process =
        ServerProcess.start(command(settings, port, List.of("-Xmx256m")), directory, log);
    URI root = URI.create(scheme + "://127.0.0.1:" + port);
    return new Gateway(name, root.resolve("/s3"), process.awaitHealthy(root));
  }

  /** Starts one on a port of its own over settings that may hold data already. */
  public static Gateway start(Path directory, ServerSettings settings, String... jvmOptions)
      throws IOException {
    int port = FreePort.find();
    Path log = directory.resolve("server-" + port + ".log");
    ServerProcess process =
        ServerProcess.start(command(settings, port, List.of(jvmOptions)), directory, log);
    URI root = URI.create("http://127.0.0.1:" + port);
    return new Gateway("runner", root.resolve("/s3"), process.awaitHealthy(root));
  }

  /** The command that serves with these settings. */
  public static List<String> command(ServerSettings settings, int port, List<String> jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(ServerProcess.java());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", Artefact.jar().toString(), "serve"));
    command.addAll(List.of("--config", settings.config().toString()));
    command.addAll(List.of("--address", "127.0.0.1", "--port", Integer.toString(port)));
    return command;
  }
}
