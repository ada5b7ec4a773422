package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Artefact;
import io.sluice.it.harness.FreePort;
import io.sluice.it.harness.ServerProcess;
import io.sluice.it.harness.Tool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What containers and systemd are told, as far as it can be tried without them. */
class PackagesIT {
  private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))");

  @TempDir Path directory;

  private static Path root() {
    return Artefact.conf().resolveSibling("");
  }

  /** Instructions of the Dockerfile, lines joined, by stages. */
  private static List<List<String>> stages() throws IOException {
    String text =
        Files.readString(root().resolve("Dockerfile"))
            .replaceAll("(?m)^\\s*#.*\\R", "")
            .replaceAll("\\\\\\R\\s*", " ");
    List<List<String>> stages = new ArrayList<>();
    for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
      if (line.startsWith("FROM ")) {
        stages.add(new ArrayList<>());
      }
      stages.get(stages.size() - 1).add(line);
    }
    return stages;
  }

  private static List<String> last(String instruction) throws IOException {
    List<List<String>> stages = stages();
    return stages.get(stages.size() - 1).stream()
        .filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length() + 1).strip())
        .toList();
  }

  private static Map<String, String> environment() throws IOException {
    Map<String, String> environment = new TreeMap<>();
    Matcher variable = VARIABLE.matcher(String.join(" ", last("ENV")));
    while (variable.find()) {
      environment.put(
          variable.group(1), variable.group(2) == null ? variable.group(3) : variable.group(2));
    }
    return environment;
  }

  @Test
  void theDockerfileKeepsTheRules() throws IOException {
    List<List<String>> stages = stages();
    assertThat(stages).hasSizeGreaterThan(1);
    for (List<String> stage : stages) {
      assertThat(stage.get(0))
          .as("a pinned major")
          .matches("FROM [\\w./-]+:\\d[\\w.-]*( AS \\w+)?");
      assertThat(stage).noneMatch(line -> line.startsWith("ADD ") || line.contains("sudo "));
      assertThat(stage).noneMatch(line -> line.matches("RUN .*(curl|wget).*\\|.*sh.*"));
    }
    assertThat(last("COPY")).noneMatch(what -> what.startsWith(". "));
    assertThat(last("USER")).singleElement().asString().matches("[1-9]\\d+:[1-9]\\d+");
    assertThat(last("WORKDIR")).allMatch(path -> path.startsWith("/"));
    assertThat(last("VOLUME")).isNotEmpty();
    assertThat(last("EXPOSE")).containsExactly("8080");
    assertThat(last("ENTRYPOINT")).singleElement().asString().startsWith("[\"java\"");
    assertThat(last("CMD")).singleElement().asString().startsWith("[");
    assertThat(environment().keySet())
        .noneMatch(name -> name.matches(".*(SECRET|TOKEN|PASSWORD).*"));
    List<String> ignored = Files.readAllLines(root().resolve(".dockerignore"));
    assertThat(ignored).contains("*", "**/target", "**/data", "**/credentials");
  }

  @Test
  void theContainersEnvironmentServesAndItsHealthIsSeen() throws Exception {
    Map<String, String> environment = environment();
    int port = FreePort.find();
    environment.replace("SLUICE_PORT", Integer.toString(port));
    environment.replace("SLUICE_ADDRESS", "127.0.0.1");
    environment.replace("SLUICE_DATA", directory.resolve("data").toString());
    environment.replaceAll((name, value) -> value.replace("=/data", "=" + directory));
    List<String> command =
        List.of(ServerProcess.java(), "-jar", Artefact.jar().toString(), "serve");
    String check = last("HEALTHCHECK").get(0);
    String script =
        check
            .substring(check.indexOf("\"-c\", \"") + 7, check.lastIndexOf('"'))
            .replace("\\\\", "\\");
    Tool bash = Tool.of(directory, environment, "bash", "-c", script);
    try (ServerProcess process =
        ServerProcess.start(command, directory, directory.resolve("log"), environment)) {
      process.awaitStatus(URI.create("http://127.0.0.1:" + port + "/-/health/ready"), 200);
      bash.run().ok();
    }
    bash.run().failed();
  }

  @Test
  void theUnitOfSystemdIsSoundAndStartsWhatThereIs() throws Exception {
    String unit = Files.readString(Artefact.conf().resolve("systemd/sluice.service"));
    String start =
        unit.lines().filter(line -> line.startsWith("ExecStart=")).findFirst().orElseThrow();
    assertThat(unit)
        .contains("NoNewPrivileges=true", "ProtectSystem=strict", "SuccessExitStatus=143");
    Path settings = Files.writeString(directory.resolve("sluice.properties"), "region=here\n");
    List<String> command =
        new ArrayList<>(List.of(start.substring("ExecStart=".length()).split(" ")));
    command.add("--print-config");
    command.replaceAll(
        word ->
            switch (word) {
              case "/usr/bin/java" -> ServerProcess.java();
              case "/opt/sluice/sluice.jar" -> Artefact.jar().toString();
              case "/etc/sluice/sluice.properties" -> settings.toString();
              default -> word.replace("/var/lib/sluice", directory.toString());
            });
    assertThat(Tool.of(directory, Map.of(), command.toArray(String[]::new)).run().ok())
        .contains("region = here", "data = " + directory);

    assumeThat(Path.of("/usr/bin/systemd-analyze")).isExecutable();
    Path copy = directory.resolve("sluice.service");
    Files.writeString(copy, unit.replace("/usr/bin/java", ServerProcess.java()));
    Tool analyze = Tool.of(directory, Map.of(), "systemd-analyze");
    assertThat(analyze.run("verify", copy.toString()).ok()).isEmpty();
    analyze.run("security", "--offline=true", "--threshold=20", copy.toString()).ok();
  }
}
