package io.sluice.cli.operate;

import io.sluice.cli.BucketUri;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Some of a bucket's objects, or all, as options name them. Confined to one thread. */
final class ChosenObjects {
  @CommandLine.Option(
      names = "--list",
      paramLabel = "A,B",
      description = "objects by their names, with commas")
  private @Nullable String list;

  @CommandLine.Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "objects whose names begin so")
  private @Nullable String prefix;

  @CommandLine.Option(
      names = "--template",
      paramLabel = "TEXT",
      description = "objects with numbers in their names, such as shard-{0001..0099}.tar")
  private @Nullable String template;

  /**
   * The body that names them.
   *
   * @throws IllegalArgumentException when more than one option does, or an object besides
   */
  Map<String, Object> body(BucketUri uri) {
    Map<String, Object> body = new HashMap<>();
    if (!uri.key().isEmpty()) {
      body.put("keys", List.of(uri.key()));
    }
    if (list != null) {
      refuseSecond(body);
      body.put("keys", Arrays.stream(list.split(",", -1)).map(String::strip).toList());
    }
    if (prefix != null) {
      refuseSecond(body);
      body.put("prefix", prefix);
    }
    if (template != null) {
      refuseSecond(body);
      body.put("template", template);
    }
    return body;
  }

  private static void refuseSecond(Map<String, Object> body) {
    if (!body.isEmpty()) {
      throw new IllegalArgumentException(
          "objects are named by one of OBJECT, --list, --prefix and --template");
    }
  }
}
