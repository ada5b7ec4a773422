package io.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ConfigReader;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The handlers that are wired, against the table and the document that tells users of them. */
class OperationTableTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("sluice.root", ".."), "docs", "S3-SUPPORT.md");

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
  void theDocumentTellsWhatIsWired() throws IOException {
    Set<String> documented = new TreeSet<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 7 && cells[4].strip().equals("yes")) {
        documented.add(cells[1].strip());
      }
    }
    Set<String> wired = new TreeSet<>();
    handlers().keySet().forEach(operation -> wired.add(operation.wireName()));
    assertThat(documented).isEqualTo(wired);
  }
}
