package io.sluice.cli.bucket;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.client.ApiPath;
import io.sluice.cli.text.ObjectCells;
import io.sluice.cli.text.Sizes;
import io.sluice.cli.text.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The objects of a bucket in columns. Confined to one thread. */
final class ObjectTable {
  private static final int PAGE = 1000;
  private static final int FOOTER_FROM = 10;

  private final Session session;
  private final BucketUri uri;
  private final Options options;

  ObjectTable(Session session, BucketUri uri, Options options) {
    this.session = session;
    this.uri = uri;
    this.options = options;
  }

  /** What to list, and how. */
  static final class Options {
    @CommandLine.Option(
        names = "--props",
        paramLabel = "PROPS",
        description =
            "columns: name, size, checksum, atime, version, cached, status, copies, custom,"
                + " location, etag, or all")
    private @Nullable String props;

    @CommandLine.Option(names = "--prefix", paramLabel = "P", description = "names that begin so")
    private String prefix = "";

    @CommandLine.Option(names = "--regex", paramLabel = "R", description = "names that match")
    private @Nullable String regex;

    @CommandLine.Option(names = "--cached", description = "only what is here")
    private boolean cached;

    @CommandLine.Option(
        names = "--all",
        description = "what is not here as well, which is the default")
    private boolean all;

    @CommandLine.Option(names = "--limit", paramLabel = "N", description = "so many at the most")
    private long limit = Long.MAX_VALUE;

    @CommandLine.Option(names = "--name-only", description = "names alone")
    private boolean nameOnly;

    @CommandLine.Option(names = "--count-only", description = "how many there are, alone")
    private boolean countOnly;

    @CommandLine.Option(names = "--summary", description = "how much there is")
    private boolean summary;

    @CommandLine.Option(
        names = {"-H", "--no-headers"},
        description = "no heading and no footer")
    private boolean headless;

    boolean withSummary() {
      return summary;
    }
  }

  ExitCode print() throws IOException {
    JsonNode bucket = session.visible(uri);
    List<String> columns = columns(isRemote(bucket));
    List<JsonNode> objects = objects();
    long bytes = 0;
    long here = 0;
    for (JsonNode object : objects) {
      bytes += object.path("size").asLong();
      here += object.path("cached").asBoolean(false) ? 1 : 0;
    }
    if (session.json()) {
      return session.print(Map.of("objects", objects));
    }
    if (options.countOnly || options.summary) {
      session.out().println("Listed " + objects.size() + " names (in-cluster: " + here + ")");
      if (options.summary) {
        session.out().println("Size: " + Sizes.of(bytes));
      }
      return ExitCode.DONE;
    }
    rows(columns, objects).print(session.out());
    if (objects.size() > FOOTER_FROM && !options.headless) {
      session.out().println("Listed " + objects.size() + " names (in-cluster: " + here + ")");
    }
    return ExitCode.DONE;
  }

  /** Whether another S3 keeps the objects. */
  private static boolean isRemote(@Nullable JsonNode bucket) {
    return bucket != null && bucket.path("remote").asBoolean(false);
  }

  private Table rows(List<String> columns, List<JsonNode> objects) {
    Table table =
        options.headless
            ? Table.headless()
            : new Table(
                columns.stream()
                    .map(column -> column.toUpperCase(Locale.ROOT))
                    .toArray(String[]::new));
    for (JsonNode object : objects) {
      Map<String, String> all = ObjectCells.cells(object);
      table.row(columns.stream().map(column -> all.getOrDefault(column, "")).toList());
    }
    return table;
  }

  /** In the order in which they were asked for, but what tells where bytes are comes last. */
  private List<String> columns(boolean remote) {
    if (options.nameOnly) {
      return List.of("name");
    }
    String props = options.props;
    if (props == null) {
      return remote ? List.of("name", "size", "cached", "status") : List.of("name", "size");
    }
    List<String> known = ObjectCells.COLUMNS;
    List<String> asked =
        props.equals("all")
            ? known
            : Arrays.stream(props.split(",", -1)).map(String::strip).distinct().toList();
    List<String> columns = new ArrayList<>(List.of("name"));
    for (String column : asked) {
      if (!known.contains(column)) {
        throw new IllegalArgumentException(
            "an object has no property " + column + "; there are " + String.join(", ", known));
      }
      columns.add(column);
    }
    for (String last : List.of("cached", "status")) {
      if (columns.remove(last)) {
        columns.add(last);
      }
    }
    return columns.stream().distinct().toList();
  }

  private @Nullable Pattern pattern() {
    try {
      return options.regex == null ? null : Pattern.compile(options.regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("--regex: " + e.getDescription(), e);
    }
  }

  private List<JsonNode> objects() throws IOException {
    Pattern pattern = pattern();
    List<JsonNode> found = new ArrayList<>();
    String after = null;
    do {
      JsonNode page = session.api().get(path(after));
      for (JsonNode object : page.path("objects")) {
        if (found.size() < options.limit && isAsked(object, pattern)) {
          found.add(object);
        }
      }
      after = page.path("next").asString(null);
    } while (after != null && found.size() < options.limit);
    return found;
  }

  private boolean isAsked(JsonNode object, @Nullable Pattern pattern) {
    boolean here = object.path("cached").asBoolean(false);
    return (!options.cached || options.all || here)
        && (pattern == null || pattern.matcher(object.path("key").asString()).find());
  }

  private ApiPath path(@Nullable String after) {
    String prefix = uri.key() + options.prefix;
    return ApiPath.of("buckets", uri.bucket(), "objects")
        .with("prefix", prefix.isEmpty() ? null : prefix)
        .with("limit", Integer.toString(PAGE))
        .with("after", after);
  }
}
