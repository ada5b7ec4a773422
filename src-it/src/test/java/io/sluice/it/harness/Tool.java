package io.sluice.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * A command-line client of S3, run as a user would run it. Without the program a test is skipped,
 * unless {@code SLUICE_IT_REQUIRE_CLIENTS=true} makes that a failure. Confined to one test.
 */
public final class Tool {
  private static final long LIMIT_SECONDS = 180;

  private final List<String> command;
  private final Path directory;
  private final Map<String, String> environment;

  private Tool(List<String> command, Path directory, Map<String, String> environment) {
    this.command = command;
    this.directory = directory;
    this.environment = environment;
  }

  /** What a command did. */
  public record Result(int exitCode, String out, String err) {
    /** The output, once the command is known to have succeeded. */
    public String ok() {
      assertThat(exitCode).as(out + err).isZero();
      return out;
    }

    /** The error output, once the command is known to have failed. */
    public String failed() {
      assertThat(exitCode).as(out + err).isNotZero();
      return err;
    }
  }

  /** A program, by its path or on the search path, with arguments that come before all others. */
  public static Tool of(Path directory, Map<String, String> environment, String... command) {
    require(command[0]);
    return new Tool(List.of(command), directory, environment);
  }

  /** Skips the test, or fails it, when the program is missing. */
  static void require(String program) {
    if (!installed(program)) {
      missing(program);
    }
  }

  /** Whether a program is on the search path. */
  static boolean installed(String program) {
    for (String directory : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(directory).resolve(program))) {
        return true;
      }
    }
    return false;
  }

  /** Skips the test, or fails it, since something is missing. */
  static void missing(String program) {
    if ("true".equals(System.getenv("SLUICE_IT_REQUIRE_CLIENTS"))) {
      throw new AssertionError(program + " is not installed, and this run requires it");
    }
    throw new TestAbortedException(program + " is not installed");
  }

  /** Runs it with further arguments. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, "out-", ".txt");
    Path err = Files.createTempFile(directory, "err-", ".txt");
    ProcessBuilder builder = new ProcessBuilder(whole).directory(directory.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    clean(builder.environment());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(whole + " still ran after " + LIMIT_SECONDS + " s");
    }
    Result result = new Result(process.exitValue(), text(out), text(err));
    Files.delete(out);
    Files.delete(err);
    return result;
  }

  /** What the developer's own shell says about AWS must not change what is tested. */
  private static void clean(Map<String, String> variables) {
    variables
        .keySet()
        .removeIf(
            name ->
                name.startsWith("AWS_")
                    || name.startsWith("SLUICE_")
                    || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
