package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.ServerSettings;
import io.sluice.it.harness.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for administrators. */
class ConsoleIT {
  private static final Path SCRIPT =
      Path.of("src/test/resources/browser/console.cjs").toAbsolutePath();

  @TempDir Path directory;
  private Gateway gateway;
  private Gateway root;

  @BeforeEach
  void start() throws IOException {
    gateway =
        RunnerServer.start(
            directory, ServerSettings.write(directory, "console=true", "metrics.token=hush"));
    root = new Gateway("runner", gateway.root(), gateway.process());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private RawResponse get(String path) throws IOException {
    return RawRequest.of(root, "GET", path).sendAnonymously();
  }

  @Test
  void itsFilesRunNothingButThemselves() throws IOException {
    for (String path : new String[] {"", "console.js", "console.css"}) {
      RawResponse answer = get("/-/console/" + path);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-security-policy"))
          .startsWith("default-src 'none'; script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(answer.header("x-frame-options")).isEqualTo("DENY");
      assertThat(answer.header("cross-origin-opener-policy")).isEqualTo("same-origin");
    }
    assertThat(get("/-/console/").text())
        .doesNotContainPattern("<script>|onclick|style=|https?://");
    assertThat(get("/-/console/console.js").text())
        .doesNotContain("innerHTML", "eval(", "localStorage", "cookie");
    assertThat(get("/-/console").header("location")).isEqualTo("/-/console/");
    assertThat(get("/-/console/other").status()).isEqualTo(404);
  }

  @Test
  void aBrowserSignsWithKeysThatItKeepsInMemory() throws Exception {
    RawRequest.of(gateway, "PUT", "/shown").send();
    RawRequest.of(gateway, "PUT", "/shown/a").body("four").send();
    RawRequest.of(gateway, "PUT", "/shown/b").body("fives").send();
    RawRequest.of(root, "PATCH", "/-/admin/v1/buckets/shown/properties")
        .body("{\"properties\":{\"checksum.type\":\"md5\"}}")
        .send();
    String chromium = Tool.of(directory, Map.of(), "sh").run("-c", "command -v chromium").out();
    Tool.of(directory, Map.of(), "chromium");
    Map<String, String> environment = new HashMap<>(Map.of("HOME", directory.toString()));
    environment.put("NODE_PATH", JavaScriptIT.modules("puppeteer-core").toString());
    environment.put("CHROMIUM", chromium.strip());
    Tool node = Tool.of(directory, environment, "node", SCRIPT.toString());
    String out =
        node.run(root.endpoint().toString(), "shown", words(Account.TESTER), words(Account.OTHER))
            .ok();
    assertThat(out).contains("done");
  }

  private static String words(Account account) {
    return account.accessKey() + " " + account.secretKey();
  }
}
