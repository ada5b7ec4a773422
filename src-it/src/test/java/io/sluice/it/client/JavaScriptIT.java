package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Tool;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The AWS SDK for JavaScript v3 on Node.js, as {@code NODE_PATH} or {@code target/clients} has it.
 */
class JavaScriptIT extends ClientCase {
  /** Where Node.js finds a package. */
  static Path modules(String name) {
    String path = System.getenv("NODE_PATH");
    Path modules =
        path == null || path.isBlank()
            ? Path.of(System.getProperty("sluice.root", ".."))
                .resolve("target/clients/node_modules")
            : Path.of(path);
    boolean there = Files.isDirectory(modules.resolve(name));
    if (!there && "true".equals(System.getenv("SLUICE_IT_REQUIRE_CLIENTS"))) {
      throw new AssertionError(name + " is not in " + modules + ", and this run requires it");
    }
    assumeThat(there).as(name + " is in " + modules).isTrue();
    return modules.toAbsolutePath();
  }

  @Test
  void doesWhatApplicationsDo() throws Exception {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("NODE_PATH", modules("@aws-sdk/client-s3").toString());
    environment.put("AWS_REGION", environment.get("AWS_DEFAULT_REGION"));
    Path script = directory.resolve("sdk.cjs");
    try (InputStream source = JavaScriptIT.class.getResourceAsStream("sdk.cjs")) {
      Files.copy(java.util.Objects.requireNonNull(source), script);
    }
    Tool node = Tool.of(directory, environment, "node", script.toString());
    assertThat(node.run(gateway.endpoint().toString(), bucket).ok()).contains("done");
  }
}
