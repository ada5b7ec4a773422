package io.sluice.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A Ceph object gateway with a cluster of its own, as an engine behind gateways. Without its
 * programs a test is skipped, or fails where they are required. Thread-safe.
 *
 * @param directory where the cluster is
 * @param endpoint where it is asked
 * @param accessKey of the one user that it has
 * @param secretKey of that user
 */
public record CephGateway(Path directory, URI endpoint, String accessKey, String secretKey)
    implements AutoCloseable {
  private static final Path SCRIPT = Path.of("src/rgw/rgw.sh").toAbsolutePath();
  private static final long LIMIT_SECONDS = 150;
  private static CephGateway shared;

  /** The one that all classes of a run share, on one disk; it ends with the run. */
  public static synchronized CephGateway shared() throws IOException, InterruptedException {
    if (shared == null) {
      CephGateway started = start(1);
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      shared = started;
    }
    return shared;
  }

  /**
   * Starts one of its own.
   *
   * @param disks how many; with three of them one may be lost
   */
  public static CephGateway start(int disks) throws IOException, InterruptedException {
    for (String program : List.of("ceph-mon", "ceph-osd", "radosgw", "curl")) {
      Tool.require(program);
    }
    Path directory = WorkDirectory.create("rgw");
    run(
        directory,
        "start",
        Map.of(
            "RGW_PORT", Integer.toString(FreePort.find()),
            "MON_PORT", Integer.toString(FreePort.find()),
            "RGW_OSDS", Integer.toString(disks)));
    Properties printed = new Properties();
    try (var reader = Files.newBufferedReader(directory.resolve("env"))) {
      printed.load(reader);
    }
    return new CephGateway(
        directory,
        URI.create(printed.getProperty("endpoint")),
        printed.getProperty("access-key"),
        printed.getProperty("secret-key"));
  }

  private static void run(Path directory, String verb, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path log = directory.resolve("script.log");
    ProcessBuilder builder =
        new ProcessBuilder(SCRIPT.toString(), verb, directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("rgw.sh " + verb + " did not end");
    }
    if (process.exitValue() != 0) {
      throw new IOException("rgw.sh " + verb + " failed:\n" + Files.readString(log));
    }
  }

  /** What a gateway's settings say of it as a provider. */
  public String[] provider(String name, String... more) {
    String prefix = "provider." + name + ".";
    List<String> settings =
        new ArrayList<>(
            List.of(
                prefix + "endpoint=" + endpoint,
                prefix + "access-key=" + accessKey,
                prefix + "secret-key=" + secretKey,
                prefix + "checksums=when-required"));
    for (String line : more) {
      settings.add(prefix + line);
    }
    return settings.toArray(String[]::new);
  }

  /** Ends one of its disks as a crash does. */
  public void killDisk() throws IOException, InterruptedException {
    run(directory, "kill-osd", Map.of());
  }

  @Override
  public void close() {
    try {
      run(directory, "stop", Map.of());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "CephGateway[" + endpoint + "]";
  }
}
