package io.sluice.cli.bucket;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.text.Table;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code show bucket}: a bucket and its properties. */
@CommandLine.Command(name = "bucket", description = "Shows a bucket and its properties.")
final class ShowBucket extends Verb {
  @CommandLine.Parameters(index = "0", paramLabel = "BUCKET", description = "such as ais://photos")
  private String name = "";

  @CommandLine.Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SECTION",
      description = "properties whose names begin so, one by one")
  private String section = "";

  @CommandLine.Option(
      names = {"-c", "--compact"},
      description = "a row for each section (the default)")
  private boolean compact;

  @Override
  protected ExitCode run(Session session) throws IOException {
    return show(session, BucketUri.bucket(name), section, compact);
  }

  static ExitCode show(Session session, BucketUri uri, String section, boolean compact)
      throws IOException {
    JsonNode bucket = session.bucket(uri);
    if (session.json()) {
      return session.print(bucket);
    }
    boolean whole = !section.isEmpty() && !compact;
    Map<String, String> rows = whole ? BucketText.whole(bucket) : BucketText.compact(bucket);
    Table table = new Table("PROPERTY", "VALUE");
    rows.forEach(
        (row, value) -> {
          if (row.startsWith(section)) {
            table.row(row, value);
          }
        });
    if (table.size() == 0) {
      throw new IllegalArgumentException("a bucket has no property " + section);
    }
    table.print(session.out());
    return ExitCode.DONE;
  }
}
