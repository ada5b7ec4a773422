package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs in Go, which know no prefix: with MinIO's client, and with AWS's SDK v2 and v1, the
 * first of them also through the transport that AIStore's users put before it.
 */
class GoIT extends ClientCase {
  private static final Path PROGRAMS = Path.of("target/clients/go").toAbsolutePath();
  private static final Path SOURCES = Path.of("src/test/resources/go").toAbsolutePath();

  @ParameterizedTest
  @CsvSource({"minio, false", "awsv2, true", "awsv1, true"})
  void doesWhatApplicationsDo(String program, boolean byUri) throws Exception {
    if (!byUri) {
      onlyInTheClear();
    }
    build();
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("AWS_REGION", environment.get("AWS_DEFAULT_REGION"));
    String address = byUri ? gateway.root().toString() : gateway.authority();
    String made = bucket + "-" + program;

    Tool run = Tool.of(directory, environment, PROGRAMS.resolve(program).toString());

    assertThat(run.run(address, made).ok()).contains("done");
  }

  private static synchronized void build() throws Exception {
    if (!Files.isDirectory(PROGRAMS)) {
      Files.createDirectories(PROGRAMS.getParent());
      Tool go = Tool.of(SOURCES, Map.of(), "go", "build", "-o", PROGRAMS + "/", "./...");
      go.run().ok();
    }
  }
}
