package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Artefact;
import io.sluice.it.harness.FreePort;
import io.sluice.it.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newcomer's hour of docs/OPERATIONS.md, block by block as it stands there. */
class NewcomerIT {
  private static final Path ROOT =
      Path.of(System.getProperty("sluice.root", "..")).toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyStepWorks(@TempDir Path temporary) throws Exception {
    Path script = temporary.resolve("hour.sh");
    Files.writeString(script, script());
    Tool shell =
        Tool.of(
            ROOT,
            Map.of(
                "HOME", temporary.toString(),
                "TMPDIR", temporary.toString(),
                "JAVA_TOOL_OPTIONS", "-Xmx128m"),
            "bash");
    Tool.Result result = shell.run(script.toString());
    String out = result.ok();
    assertThat(out)
        .contains("\"ais://media\" created")
        .contains("AIS Buckets (0)")
        .contains("\"backend_bck\" set to: \"aws://media\" (was: \"none\")")
        .contains("NAME           SIZE  CACHED  STATUS\n2026/test.txt  14B")
        .contains("name      ais://mirror/2026/test.txt")
        .contains("operation=\"GetObject\"")
        .contains("Objects: 2 | Size: 28B");
    // Once to ben, and twice from elsewhere.
    assertThat(out.split("testing 1 2 3\n", -1)).hasSize(4);
    assertThat(result.err()).contains("AccessDenied");
  }

  /** The blocks in one script, which ends with the first command that fails. */
  private static String script() throws IOException {
    assertThat(Artefact.jar()).isEqualTo(ROOT.resolve("jetty-runner/target/sluice.jar"));
    String document = Files.readString(ROOT.resolve("docs/OPERATIONS.md"));
    String hour = document.substring(document.indexOf("## A newcomer's hour"));
    int here = FreePort.find();
    int elsewhere = FreePort.find();
    StringBuilder script =
        new StringBuilder("set -e\ntrap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT\n");
    Matcher blocks = BLOCK.matcher(hour);
    while (blocks.find()) {
      script.append(blocks.group(1));
    }
    return script
        .toString()
        .replace(":8080", ":" + here)
        .replace("--port 8080", "--port " + here)
        .replace(":9000", ":" + elsewhere)
        .replace("--port 9000", "--port " + elsewhere);
  }
}
