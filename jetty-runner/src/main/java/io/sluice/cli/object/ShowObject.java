package io.sluice.cli.object;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.text.ObjectCells;
import io.sluice.cli.text.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code show object}: what is known of an object. */
@CommandLine.Command(name = "object", description = "Shows what is known of an object.")
final class ShowObject extends Verb {
  private static final List<String> FEW = List.of("name", "size", "checksum", "atime", "version");

  @CommandLine.Parameters(
      paramLabel = "BUCKET/OBJECT",
      description = "such as ais://photos/cat.jpg")
  private String name = "";

  @CommandLine.Option(names = "--all", description = "all that is known")
  private boolean all;

  @CommandLine.Option(names = "--props", paramLabel = "PROPS", description = "these; or all")
  private @Nullable String props;

  @Override
  protected ExitCode run(Session session) throws IOException {
    BucketUri uri = BucketUri.object(name);
    session.check(uri);
    JsonNode object = session.object(uri);
    if (session.json()) {
      return session.print(object);
    }
    String called =
        uri.scheme() == null
            ? object.path("name").asString()
            : uri.scheme() + "://" + uri.bucket() + "/" + uri.key();
    Map<String, String> rows = ObjectCells.rows(object, called);
    List<String> asked = asked(rows);
    Table table = new Table("PROPERTY", "VALUE");
    rows.forEach(
        (row, value) -> {
          if (asked.contains(row)) {
            table.row(row, value);
          }
        });
    table.print(session.out());
    return ExitCode.DONE;
  }

  private List<String> asked(Map<String, String> rows) {
    if (all || "all".equals(props)) {
      return List.copyOf(rows.keySet());
    }
    if (props == null) {
      return FEW;
    }
    List<String> asked = Arrays.stream(props.split(",", -1)).map(String::strip).toList();
    for (String row : asked) {
      if (!rows.containsKey(row)) {
        throw new IllegalArgumentException(
            "an object has no property " + row + "; there are " + String.join(", ", rows.keySet()));
      }
    }
    return asked;
  }
}
