package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Artefact;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RunnerServer;
import io.sluice.it.harness.ServerProcess;
import io.sluice.it.harness.ServerSettings;
import io.sluice.it.harness.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar as a client of the packaged jar; all verbs are tested in its own module. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliIT {
  private Path directory;
  private Gateway gateway;
  private Tool sluice;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    Path server = Files.createDirectories(directory.resolve("server"));
    gateway = RunnerServer.start(server, ServerSettings.write(server));
    sluice = tool(Account.TESTER);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  private Tool tool(Account account) {
    return Tool.of(
        directory,
        Map.of(
            "HOME", directory.toString(),
            "SLUICE_CLI_ENDPOINT", gateway.endpoint().toString(),
            "SLUICE_CLI_ACCESS_KEY", account.accessKey(),
            "SLUICE_CLI_SECRET_KEY", account.secretKey()),
        ServerProcess.java(),
        "-XX:TieredStopAtLevel=1",
        "-jar",
        Artefact.jar().toString());
  }

  @Test
  void objectsGoThereAndBack() throws Exception {
    Path file = Files.writeString(directory.resolve("README.md"), "x".repeat(10_689));
    assertThat(sluice.run("create", "ais://abc").ok()).isEqualTo("\"ais://abc\" created\n");
    assertThat(sluice.run("put", file.toString(), "ais://abc").ok())
        .isEqualTo("PUT \"" + file + "\" => ais://abc/README.md\n");
    assertThat(sluice.run("ls", "ais://abc").ok())
        .isEqualTo("NAME       SIZE\nREADME.md  10.44KiB\n");
    assertThat(sluice.run("get", "ais://abc/README.md", "-", "--length", "10").ok())
        .isEqualTo("x".repeat(10));
    assertThat(tool(Account.OTHER).run("ls", "ais://abc").exitCode()).isEqualTo(4);
    assertThat(sluice.run("show", "object", "ais://abc/none").exitCode()).isEqualTo(3);
  }

  @Test
  void theCompletionKnowsTheVerbs() throws Exception {
    assertThat(sluice.run("completion").ok()).contains("complete -F", "props");
  }
}
