package io.sluice.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operation.bucket.BucketOperations;
import io.sluice.operation.multipart.MultipartOperations;
import io.sluice.operation.object.ObjectOperations;
import io.sluice.operation.service.ServiceOperations;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table that users read says what the code does. */
class SupportTableTest {
  private static final Path TABLE = Path.of("..", "docs", "S3-SUPPORT.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\w+) \\| (yes|501) \\|");

  @Test
  void everyOperationIsListedAsItIs() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(TABLE));
    while (row.find()) {
      documented.put(row.group(1), row.group(2));
    }

    assertThat(documented).isEqualTo(actual());
  }

  private static Map<String, String> actual() {
    MemoryStorage storage = new MemoryStorage();
    var built =
        Stream.of(
                ServiceOperations.of(storage),
                BucketOperations.of(storage, "us-east-1", Clock.systemUTC()),
                ObjectOperations.of(storage),
                MultipartOperations.of(storage))
            .flatMap(handlers -> handlers.stream().map(OperationHandler::operation))
            .collect(Collectors.toSet());
    return Arrays.stream(S3Operation.values())
        .collect(
            Collectors.toMap(
                S3Operation::wireName,
                operation -> built.contains(operation) ? "yes" : "501",
                (one, other) -> one,
                TreeMap::new));
  }
}
