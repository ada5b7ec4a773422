package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/CLIENTS.md names every test of a client, and no other; its versions are those of a run.
 * {@code target/CLIENTS.md} has those of this one, and {@code -Dclients.write=true} puts them into
 * the document itself.
 */
class ClientsDocumentIT {
  private static final Path ROOT = Path.of(System.getProperty("sluice.root", ".."));
  private static final Path DOCUMENT = ROOT.resolve("docs/CLIENTS.md");
  private static final Set<String> WITHOUT_VERSION =
      Set.of("Client", "TensorFlow", "The CLI of `sluice.jar`");
  private static final Path TESTS = Path.of("src/test/java/io/sluice/it/client");

  @Test
  void everyTestIsInTheTable() throws Exception {
    Set<String> named = new TreeSet<>();
    Matcher names = Pattern.compile("`(\\w+IT)`").matcher(Files.readString(DOCUMENT));
    while (names.find()) {
      named.add(names.group(1));
    }
    named.remove(getClass().getSimpleName());
    Set<String> tests = new TreeSet<>();
    try (Stream<Path> files = Files.list(TESTS)) {
      files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .filter(name -> name.endsWith("IT") && !name.equals(getClass().getSimpleName()))
          .forEach(tests::add);
    }
    assertThat(named).isEqualTo(tests);
  }

  @Test
  void theVersionsAreThoseOfARun(@TempDir Path directory) throws Exception {
    boolean required = "true".equals(System.getenv("SLUICE_IT_REQUIRE_CLIENTS"));
    Map<String, ClientVersions.Source[]> sources = ClientVersions.sources();
    List<String> lines = new ArrayList<>();
    Set<String> clients = new TreeSet<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      String[] cells = line.split("\\|", -1);
      String client = line.startsWith("|") ? cells[1].strip() : "";
      if (sources.containsKey(client)) {
        clients.add(client);
        Optional<String> version = ClientVersions.of(directory, sources.get(client));
        // Fetched by a test that may come after this one.
        boolean optional = !required || client.startsWith("Hadoop") || client.startsWith("Apache");
        assertThat(version.isPresent() || optional).as(client).isTrue();
        cells[2] = version.map(text -> " " + text + " ").orElse(cells[2]);
        lines.add(String.join("|", cells));
      } else {
        assertThat(client)
            .satisfiesAnyOf(
                name -> assertThat(name).isEmpty(),
                name -> assertThat(WITHOUT_VERSION).contains(name),
                name -> assertThat(name).matches("-+"));
        lines.add(line);
      }
    }
    assertThat(clients).containsExactlyInAnyOrderElementsOf(sources.keySet());
    String table = String.join("\n", lines) + "\n";
    Files.writeString(Path.of("target/CLIENTS.md"), table);
    if (Boolean.getBoolean("clients.write")) {
      Files.writeString(DOCUMENT, table);
    }
  }
}
