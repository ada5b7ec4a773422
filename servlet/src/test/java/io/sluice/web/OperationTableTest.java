package io.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ConfigReader;
import io.sluice.encryption.EncryptionFixture;
import io.sluice.operation.FixtureAccounts;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  private static Map<S3Operation, OperationHandler> handlers() throws IOException {
    Map<S3Operation, OperationHandler> handlers = new EnumMap<>(S3Operation.class);
    MemoryStorage storage = new MemoryStorage();
    for (OperationHandler handler :
        Gateway.operations(
            storage,
            io.sluice.cluster.ClusterSettings.inMemory(java.util.Set.of()),
            new ConfigReader().read(),
            io.sluice.iam.directory.Directory.inMemory(new FixtureAccounts()),
            EncryptionFixture.over(storage))) {
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
  void theDocumentTellsOfEveryOperationWhetherItIsThere() throws IOException {
    Map<S3Operation, OperationHandler> handlers = handlers();
    List<String> rows =
        Arrays.stream(S3Operation.values())
            .sorted(Comparator.comparing(S3Operation::wireName))
            .map(
                operation ->
                    "%s `%s` %s"
                        .formatted(
                            operation.wireName(),
                            operation.action(),
                            handlers.containsKey(operation) ? "yes" : "501"))
            .toList();
    List<String> documented = new ArrayList<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 7 && cells[3].contains("s3:")) {
        documented.add(cells[1].strip() + " " + cells[3].strip() + " " + cells[4].strip());
      }
    }
    assertThat(documented).isEqualTo(rows);
  }
}
