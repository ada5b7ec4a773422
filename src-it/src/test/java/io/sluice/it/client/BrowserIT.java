package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.Tool;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Chromium: a page of another origin uploads and reads as the bucket's CORS rules let it, a form is
 * posted, and a website answers with its pages.
 */
class BrowserIT extends ClientCase {
  private static final Path SCRIPT =
      Path.of("src/test/resources/browser/pages.cjs").toAbsolutePath();

  @Test
  void pagesReadWriteAndPost() throws Exception {
    onlyInTheClear();
    assumeThat(gateway.external()).as("the domain of websites is known").isFalse();
    String chromium = Tool.of(directory, Map.of(), "sh").run("-c", "command -v chromium").out();
    Tool.of(directory, Map.of(), "chromium");
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("NODE_PATH", JavaScriptIT.modules("puppeteer-core").toString());
    environment.put("CHROMIUM", chromium.strip());
    Tool node = Tool.of(directory, environment, "node", SCRIPT.toString());
    String out = node.run(gateway.endpoint().toString(), bucket, Gateway.WEBSITE_DOMAIN).ok();
    assertThat(out).contains("done");
  }
}
