package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Tool;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** MinIO's client for JavaScript, which knows no prefix. */
class MinioJavaScriptIT extends ClientCase {
  private static final Path SCRIPT =
      Path.of("src/test/resources/minio-js/minio-client.cjs").toAbsolutePath();

  @Test
  void doesWhatApplicationsDo() throws Exception {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("NODE_PATH", JavaScriptIT.modules("minio").toString());
    Tool node = Tool.of(directory, environment, "node", SCRIPT.toString());
    onlyInTheClear();
    assertThat(node.run(gateway.authority(), bucket + "-js").ok()).contains("done");
  }
}
