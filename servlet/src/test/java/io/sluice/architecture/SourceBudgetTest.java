package io.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader can hold in mind: small files, small methods, small packages. */
class SourceBudgetTest {
  private static final int MAX_FILE_LINES = 400;

  /** Data, not code: a row for each of S3's operations, which the formatter breaks. */
  private static final Path TABLE = Path.of("operation/S3Operation.java");

  private static final int MAX_METHOD_LINES = 60;
  private static final int MAX_PACKAGE_FILES = 25;

  /** A line, as the formatter leaves it, with which the body of a member may begin. */
  private static final Pattern BODY_BEGINS = Pattern.compile("( {2}){1,4}[^ /*].*\\{");

  @Test
  void filesAreSmall() throws IOException {
    List<String> large = new ArrayList<>();
    for (Path file : sources()) {
      int lines = Files.readAllLines(file).size();
      if (lines > MAX_FILE_LINES && !file.endsWith(TABLE)) {
        large.add(file + ": " + lines);
      }
    }
    assertThat(large).isEmpty();
  }

  @Test
  void methodsAreSmall() throws IOException {
    List<String> large = new ArrayList<>();
    for (Path file : sources()) {
      List<String> lines = Files.readAllLines(file);
      for (int begin = 0; begin < lines.size(); begin++) {
        if (!BODY_BEGINS.matcher(lines.get(begin)).matches()) {
          continue;
        }
        int header = headerOf(lines, begin);
        if (!lines.get(header).matches(".*\\b(class|interface|enum|record)\\b.*")) {
          int length = lengthOf(lines, header);
          if (length > MAX_METHOD_LINES) {
            large.add(file + ":" + (begin + 1) + ": " + length);
          }
        }
      }
    }
    assertThat(large).isEmpty();
  }

  /** Where the declaration begins whose list of parameters ends in this line. */
  private static int headerOf(List<String> lines, int end) {
    int open = 0;
    for (int i = end; i >= 0; i--) {
      String line = lines.get(i);
      open += line.replaceAll("[^)]", "").length() - line.replaceAll("[^(]", "").length();
      if (open <= 0 && !line.matches(" *(throws|implements|extends|permits) .*")) {
        return i;
      }
    }
    return end;
  }

  private static int lengthOf(List<String> lines, int begin) {
    String line = lines.get(begin);
    String end = " ".repeat(line.length() - line.stripLeading().length()) + "}";
    int i = begin + 1;
    while (i < lines.size() && !lines.get(i).startsWith(end)) {
      i++;
    }
    return i == lines.size() ? 0 : i - begin + 1;
  }

  @Test
  void packagesAreSmall() throws IOException {
    Map<Path, Long> files =
        sources().stream()
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
    assertThat(files).isNotEmpty();
    assertThat(files.values()).allMatch(count -> count <= MAX_PACKAGE_FILES);
  }

  private static List<Path> sources() throws IOException {
    List<Path> roots =
        Stream.of(Path.of("src/main/java"), Path.of("../jetty-runner/src/main/java"))
            .filter(Files::isDirectory)
            .toList();
    List<Path> sources = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    assertThat(sources).hasSizeGreaterThan(100);
    return sources;
  }
}
