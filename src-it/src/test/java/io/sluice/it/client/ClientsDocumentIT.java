package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/CLIENTS.md names every test of a client, and no other. */
class ClientsDocumentIT {
  private static final Path ROOT = Path.of(System.getProperty("sluice.root", ".."));
  private static final Path TESTS = Path.of("src/test/java/io/sluice/it/client");

  @Test
  void everyTestIsInTheTable() throws Exception {
    Set<String> named = new TreeSet<>();
    Matcher names =
        Pattern.compile("`(\\w+IT)`").matcher(Files.readString(ROOT.resolve("docs/CLIENTS.md")));
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
}
