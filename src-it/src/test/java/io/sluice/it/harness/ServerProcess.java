package io.sluice.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A child process and its log. Confined to the thread that started it, except {@link #logTail}. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int TAIL_LINES = 60;

  private final Process process;
  private final Path log;
  private final ServerProcess behind;

  private ServerProcess(Process process, Path log, ServerProcess behind) {
    this.process = process;
    this.log = log;
    this.behind = behind;
  }

  /** This proxy with the server that it stands before, which ends with it. */
  ServerProcess before(ServerProcess server) {
    return new ServerProcess(process, log, server);
  }

  /** Starts a command; its standard output and error go to the log. */
  public static ServerProcess start(List<String> command, Path directory, Path log)
      throws IOException {
    return start(command, directory, log, Map.of());
  }

  /** Starts a command with variables added to its environment. */
  public static ServerProcess start(
      List<String> command, Path directory, Path log, Map<String, String> environment)
      throws IOException {
    Files.createDirectories(directory);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), log, null);
  }

  /** The Java that runs this test, so that a matrix of JDKs tests servers on them as well. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Waits until the health page answers 200, which is after every store is open. */
  ServerProcess awaitHealthy(URI root) {
    return awaitStatus(root.resolve("/-/health/ready"), 200);
  }

  /** Waits until an address answers with the status. */
  public ServerProcess awaitStatus(URI address, int status) {
    await(() -> statusOf(address) == status, "no " + status + " from " + address);
    return this;
  }

  /** Waits until the log holds a line that contains the text; the line. */
  public String awaitLine(String text) {
    await(() -> lineWith(text) != null, "no line with \"" + text + "\"");
    return lineWith(text);
  }

  private String lineWith(String text) {
    return log().lines().filter(line -> line.contains(text)).findFirst().orElse(null);
  }

  private void await(BooleanSupplier condition, String complaint) {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > limit || !process.isAlive()) {
        String log = logTail();
        process.destroyForcibly();
        throw new IllegalStateException(complaint + "; its log ends so:\n" + log);
      }
      pause();
    }
  }

  private static int statusOf(URI address) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      int status = connection.getResponseCode();
      connection.disconnect();
      return status;
    } catch (IOException notYet) {
      return 0;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server started", interrupted);
    }
  }

  /** Everything it has printed. */
  public String log() {
    try {
      return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The last lines that it has printed. */
  public String logTail() {
    List<String> lines = log().lines().toList();
    String tail =
        String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    return behind == null ? tail : tail + "\nbehind it:\n" + behind.logTail();
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Waits for its end; the exit code. */
  public int awaitExit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("still running after " + limit + "\n" + logTail());
    }
    return process.exitValue();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitExit(STOP_LIMIT);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    if (behind != null) {
      behind.close();
    }
  }
}
