package io.sluice.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The handlers and {@code docs/S3-SUPPORT.md} against the table. */
class OperationTableTest {
  private static final Path SUPPORT = Path.of("../docs/S3-SUPPORT.md");

  private final List<OperationHandler> handlers = RequestFixture.handlers(new MemoryStorage());

  @Test
  void aHandlerIsNamedAsItsOperation() {
    assertThat(handlers)
        .allSatisfy(
            handler ->
                assertThat(handler.getClass().getSimpleName())
                    .isEqualTo(handler.operation().wireName()));
  }

  @Test
  void anOperationHasOneHandlerAtMost() {
    assertThat(handlers).extracting(OperationHandler::operation).doesNotHaveDuplicates();
  }

  @Test
  void theSupportTableIsCurrent() throws IOException {
    Set<S3Operation> built = EnumSet.noneOf(S3Operation.class);
    handlers.forEach(handler -> built.add(handler.operation()));
    List<String> expected =
        Arrays.stream(S3Operation.values())
            .sorted(Comparator.comparing(S3Operation::wireName))
            .map(operation -> row(operation, built.contains(operation)))
            .toList();
    List<String> written = new ArrayList<>();
    for (String line : Files.readAllLines(SUPPORT)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 7 && cells[3].strip().startsWith("`s3:")) {
        written.add(String.join("|", Arrays.copyOf(cells, 5)) + "|");
      }
    }
    assertThat(written).containsExactlyElementsOf(expected);
  }

  private static String row(S3Operation operation, boolean built) {
    Route route = operation.route();
    StringBuilder request = new StringBuilder(route.method());
    request.append(" /");
    request.append(
        switch (route.target()) {
          case SERVICE -> "";
          case BUCKET -> "bucket";
          case OBJECT -> "bucket/key";
        });
    String separator = "?";
    if (route.subresource() != null) {
      request.append(separator).append(route.subresource());
      separator = "&";
    }
    for (Route.Condition condition : route.conditions()) {
      if (!condition.header()) {
        request.append(separator).append(condition.name()).append('=');
        request.append(condition.value() == null ? "…" : condition.value());
        separator = "&";
      }
    }
    return "| %s | `%s` | `%s` | %s |"
        .formatted(operation.wireName(), request, operation.action(), built ? "yes" : "501");
  }
}
