package io.sluice.runner;

import io.sluice.auth.Credential;
import io.sluice.config.ConfigKey;
import io.sluice.config.ConfigReader;
import io.sluice.config.GatewayConfig;
import io.sluice.web.Gateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** {@code sluice serve}: serves until it is told to stop. */
@CommandLine.Command(
    name = "serve",
    description = "Serves S3 until it is stopped.",
    mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @CommandLine.Option(names = "--config", paramLabel = "FILE", description = "properties file")
  private @Nullable Path configFile;

  @CommandLine.Option(names = "--address", paramLabel = "A", description = "address to listen on")
  private @Nullable String address;

  @CommandLine.Option(names = "--port", paramLabel = "P", description = "port; 0 takes a free one")
  private @Nullable String port;

  @CommandLine.Option(names = "--data", paramLabel = "DIR", description = "data directory")
  private @Nullable String data;

  @CommandLine.Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = "credentials file")
  private @Nullable String credentials;

  @CommandLine.Option(names = "--region", paramLabel = "R", description = "region to be")
  private @Nullable String region;

  @CommandLine.Option(names = "--print-config", description = "print the settings and stop")
  private boolean printConfig;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, String> environment = System.getenv();
    String named = System.getProperty("sluice.config", environment.get("SLUICE_CONFIG"));
    Path file = configFile == null && named != null ? Path.of(named) : configFile;
    ConfigReader reader =
        new ConfigReader()
            .file(file)
            .environment(environment)
            .option(ConfigKey.ADDRESS, address)
            .option(ConfigKey.PORT, port)
            .option(ConfigKey.DATA, data)
            .option(ConfigKey.CREDENTIALS, credentials)
            .option(ConfigKey.REGION, region);
    PrintWriter out = out();
    if (printConfig) {
      reader.effective().forEach((key, value) -> out.println(key + " = " + value));
      out.flush();
      return CommandLine.ExitCode.OK;
    }
    serve(reader.read(), out);
    return CommandLine.ExitCode.OK;
  }

  private static void serve(GatewayConfig config, PrintWriter out)
      throws IOException, InterruptedException {
    Gateway gateway = Gateway.open(config);
    GatewayServer server = GatewayServer.start(gateway);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    gateway.generatedCredential().ifPresent(key -> printKey(key, config, server, out));
    out.printf(
        "Sluice %s serving %s (data %s, region %s)%n",
        Main.Version.number(), server.endpoint(), config.data(), config.region());
    out.flush();
    server.join();
  }

  private static void printKey(
      Credential key, GatewayConfig config, GatewayServer server, PrintWriter out) {
    out.println("# A first key pair, kept in " + config.credentials() + ". For the aws CLI:");
    out.println("export AWS_ACCESS_KEY_ID=" + key.accessKeyId());
    out.println("export AWS_SECRET_ACCESS_KEY=" + key.secretAccessKey());
    out.println("export AWS_DEFAULT_REGION=" + config.region());
    out.println("export AWS_ENDPOINT_URL=" + server.endpoint());
    out.println();
  }

  private static void stop(GatewayServer server) {
    try {
      server.close();
    } catch (IOException e) {
      LOG.error("The server did not stop cleanly", e);
    }
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification");
    }
    return spec.commandLine().getOut();
  }
}
