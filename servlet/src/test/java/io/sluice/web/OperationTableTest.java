package io.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ConfigReader;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The handlers that are wired, against the table and the document that tells users of them. */
class OperationTableTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("sluice.root", ".."), "docs", "S3-SUPPORT.md");
  private static final String BEGIN = "<!-- operations: begin -->";
  private static final String END = "<!-- operations: end -->";

  private static Map<S3Operation, OperationHandler> handlers() throws IOException {
    Map<S3Operation, OperationHandler> handlers = new EnumMap<>(S3Operation.class);
    for (OperationHandler handler :
        Gateway.operations(new MemoryStorage(), new ConfigReader().read())) {
      assertThat(handlers.put(handler.operation(), handler))
          .as(handler.operation().wireName())
          .isNull();
    }
    return handlers;
  }

  /** Configurations share handlers; every other one is a class with the operation's name. */
  @Test
  void aHandlerHasTheNameOfItsOperation() throws IOException {
    handlers()
        .forEach(
            (operation, handler) -> {
              if (!handler.getClass().getPackageName().endsWith(".setting")) {
                assertThat(handler.getClass().getSimpleName()).isEqualTo(operation.wireName());
              }
            });
  }

  @Test
  void theDocumentTellsWhatIsBuilt() throws IOException {
    Map<S3Operation, OperationHandler> handlers = handlers();
    List<String> rows =
        Arrays.stream(S3Operation.values())
            .sorted(Comparator.comparing(S3Operation::wireName))
            .map(operation -> row(operation, handlers.containsKey(operation)))
            .toList();
    String text = Files.readString(DOCUMENT);
    String table = text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END));
    List<String> documented = table.lines().filter(line -> line.startsWith("| ")).skip(2).toList();
    assertThat(documented).as("the rows of " + DOCUMENT).isEqualTo(rows);
  }

  private static String row(S3Operation operation, boolean built) {
    return "| %s | %s | %s |"
        .formatted(operation.wireName(), operation.action(), built ? "yes" : "501");
  }
}
