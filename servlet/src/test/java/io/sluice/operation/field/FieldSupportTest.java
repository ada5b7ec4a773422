package io.sluice.operation.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operation.S3Operation;
import io.sluice.operation.field.FieldProbes.Effect;
import io.sluice.operation.field.FieldProbes.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Each field of AWS's model is honoured or refused, as requests with and without it show, or a
 * reason is written why neither; {@code docs/S3-FIELDS.md} says the same. {@code
 * -Dfields.write=true} writes the document anew.
 */
class FieldSupportTest {
  private static final Path DOCUMENT = Path.of("../docs/S3-FIELDS.md");
  private static final String INTRODUCTION =
      """
      # What of each operation is supported

      Every field that AWS's model has for the request and the answer of an operation, by the name that
      it travels under; what is in the path, and bodies that are bytes, are left out. A request's field is
      honoured when it changes the answer or what is stored, as requests with and without it show, each
      to a gateway of its own; an answer's field is told when one of those answers has it. This page is
      written by `FieldSupportTest` (`mvn -pl servlet test -Dtest=FieldSupportTest
      -Dfields.write=true`), which fails when it is out of date or a field is neither honoured, nor
      refused, nor explained.

      Operations that are not built at all, and answer 501: %s.
      """;

  private final List<String> unexplained = new ArrayList<>();
  private final Set<Reason> used = new LinkedHashSet<>();
  private final List<Reason> reasons = Reason.all();

  /** A line of {@code reasons.txt}. */
  private record Reason(String operation, String direction, String field, String text) {
    static List<Reason> all() {
      try (var stream = FieldSupportTest.class.getResourceAsStream("reasons.txt")) {
        String text =
            new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().filter(line -> !line.startsWith("#")).map(Reason::parse).toList();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Reason parse(String line) {
      String[] words = line.split(" ", 3);
      int end = words[2].indexOf(": ", words[2].indexOf(": ") + 2);
      return new Reason(
          words[0], words[1], words[2].substring(0, end), words[2].substring(end + 2));
    }

    boolean matches(String of, String way, String name) {
      String pattern = "\\Q" + field.replace("*", "\\E.*\\Q") + "\\E";
      return (operation.equals("*") || operation.equals(of))
          && direction.equals(way)
          && name.matches(pattern);
    }
  }

  @Test
  void everyFieldIsHonouredOrRefusedOrExplained() throws IOException {
    FieldProbes probes = new FieldProbes();
    List<String> notBuilt = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (S3Operation operation : S3Operation.values()) {
      String name = operation.wireName();
      if (probes.operations().contains(name)) {
        describe(name, probes.findings(name, ModelFields.ofRequest(name)), text);
      } else if (operation != S3Operation.POST_OBJECT) {
        notBuilt.add(name);
      }
    }
    assertThat(unexplained).isEmpty();
    assertThat(reasons).as("every reason is one").allMatch(used::contains);
    assertThat(notBuilt).isEqualTo(refused());
    String document = INTRODUCTION.formatted(String.join(", ", notBuilt)) + text;
    if (Boolean.getBoolean("fields.write")) {
      Files.writeString(DOCUMENT, document);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(document);
  }

  /** The operations that docs/S3-SUPPORT.md, which has a test of its own, tells as 501. */
  private static List<String> refused() throws IOException {
    return Files.readAllLines(Path.of("../docs/S3-SUPPORT.md")).stream()
        .map(line -> line.split("\\|"))
        .filter(cells -> cells.length > 4 && cells[4].strip().equals("501"))
        .map(cells -> cells[1].strip())
        .toList();
  }

  private void describe(String operation, Findings findings, StringBuilder text) {
    Map<String, List<String>> request = new LinkedHashMap<>();
    request.put("honoured", new ArrayList<>());
    findings
        .effects()
        .forEach(
            (field, effect) ->
                request
                    .computeIfAbsent(heading(operation, field, effect), key -> new ArrayList<>())
                    .add(field));
    Map<String, List<String>> answer = new LinkedHashMap<>();
    answer.put("told", new ArrayList<>());
    for (String field : ModelFields.ofAnswer(operation)) {
      String heading =
          findings.told().contains(field)
              ? "told"
              : "never told (" + reason(operation, "<", field) + ")";
      answer.computeIfAbsent(heading, key -> new ArrayList<>()).add(field);
    }
    text.append("\n## ").append(operation).append('\n');
    list("Request", request, text);
    list("Answer", answer, text);
  }

  private String heading(String operation, String field, Effect effect) {
    if (effect.honoured()) {
      return "honoured";
    }
    return effect.refusal() == null
        ? "without effect (" + reason(operation, ">", field) + ")"
        : "refused with `" + effect.refusal() + "`";
  }

  private String reason(String operation, String direction, String field) {
    for (Reason reason : reasons) {
      if (reason.matches(operation, direction, field)) {
        used.add(reason);
        return reason.text();
      }
    }
    unexplained.add(operation + " " + direction + " " + field);
    return "";
  }

  private static void list(String title, Map<String, List<String>> lists, StringBuilder text) {
    lists.forEach(
        (heading, fields) -> {
          if (fields.isEmpty()) {
            return;
          }
          text.append("\n").append(title).append(", ").append(heading).append(":\n\n");
          Map<String, List<String>> places = new TreeMap<>();
          for (String field : fields) {
            int colon = field.indexOf(": ");
            places
                .computeIfAbsent(field.substring(0, colon), key -> new ArrayList<>())
                .add("`" + field.substring(colon + 2) + "`");
          }
          places.forEach(
              (place, names) ->
                  text.append("- ")
                      .append(place)
                      .append(": ")
                      .append(String.join(", ", names))
                      .append('\n'));
        });
  }
}
