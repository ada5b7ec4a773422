package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.ServerProcess;
import io.sluice.it.harness.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A program in Java of its own, whose libraries would clash with those of the tests: its resource
 * directory has a pom.xml that names them, and one source file.
 *
 * @param libraries where the libraries are
 * @param source the source file
 */
record JvmProgram(Path libraries, Path source) {
  /** Fetches the libraries that are not there yet. */
  static JvmProgram of(String name, String source) throws Exception {
    Path resources = Path.of("src/test/resources").resolve(name).toAbsolutePath();
    Path libraries = Path.of("target/clients").resolve(name).toAbsolutePath();
    fetch(resources.resolve("pom.xml"), libraries);
    return new JvmProgram(libraries, resources.resolve(source));
  }

  private static synchronized void fetch(Path pom, Path libraries) throws Exception {
    if (Files.isDirectory(libraries)) {
      return;
    }
    Files.createDirectories(libraries.getParent());
    Path arriving = Files.createTempDirectory(libraries.getParent(), "arriving-");
    Tool maven = Tool.of(libraries.getParent(), Map.of(), "mvn", "-q", "-B", "-f", pom.toString());
    maven
        .run(
            "dependency:copy-dependencies",
            "-DincludeScope=runtime",
            "-DoutputDirectory=" + arriving)
        .ok();
    Files.move(arriving, libraries, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Runs it; what it printed. */
  String run(Path directory, Map<String, String> environment, String... arguments)
      throws Exception {
    Tool java =
        Tool.of(
            directory,
            environment,
            ServerProcess.java(),
            "-Xmx512m",
            "-Djava.io.tmpdir=" + directory,
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            libraries + "/*",
            source.toString());
    Tool.Result result = java.run(arguments);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result.out();
  }
}
