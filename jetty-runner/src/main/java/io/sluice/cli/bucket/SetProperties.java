package io.sluice.cli.bucket;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/**
 * {@code bucket props [set] BUCKET NAME=VALUE…}: changes properties; without values, shows them.
 */
@CommandLine.Command(
    name = "props",
    description = {
      "Shows or sets the properties of a bucket:",
      "props [show] BUCKET [SECTION], props [set] BUCKET NAME=VALUE...",
      "An empty value, or none, takes a property back to its default."
    })
final class SetProperties extends Verb {
  @CommandLine.Parameters(
      arity = "1..*",
      paramLabel = "[set|show] BUCKET [NAME=VALUE]",
      description = "the bucket, and what to set")
  private List<String> words = new ArrayList<>();

  @CommandLine.Option(
      names = {"-c", "--compact"},
      description = "a row for each section")
  private boolean compact;

  @Override
  protected ExitCode run(Session session) throws IOException {
    List<String> rest = new ArrayList<>(words);
    boolean named = rest.size() > 1 && List.of("set", "show").contains(rest.get(0));
    String act = named ? rest.remove(0) : rest.size() > 1 && isValue(rest.get(1)) ? "set" : "show";
    BucketUri uri = BucketUri.bucket(rest.remove(0));
    if (act.equals("show")) {
      return ShowBucket.show(session, uri, rest.isEmpty() ? "" : rest.get(0), compact);
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("nothing to set: NAME=VALUE was expected");
    }
    return set(session, uri, Properties.parse(rest));
  }

  private static boolean isValue(String word) {
    return word.indexOf('=') > 0 || word.startsWith("{");
  }

  private static ExitCode set(Session session, BucketUri uri, Map<String, @Nullable String> wanted)
      throws IOException {
    JsonNode before = session.bucket(uri);
    JsonNode after =
        session
            .api()
            .send(
                "PATCH",
                ApiPath.of("buckets", uri.bucket(), "properties"),
                Map.of("properties", wanted));
    if (session.json()) {
      return session.print(after);
    }
    boolean changed = false;
    for (Map.Entry<String, @Nullable String> entry : wanted.entrySet()) {
      String name = entry.getKey();
      String was = BucketText.property(before, name);
      String is = BucketText.property(after, name);
      if (Objects.equals(was, is)) {
        session
            .out()
            .println(
                "Bucket \""
                    + Names.of(uri, after)
                    + "\": property \""
                    + name
                    + "="
                    + is
                    + "\", nothing to do");
      } else {
        changed = true;
        session.out().println("\"" + name + "\" set to: \"" + is + "\" (was: \"" + was + "\")");
      }
    }
    if (changed) {
      session.out().println();
      session.out().println("Bucket props successfully updated.");
    }
    return ExitCode.DONE;
  }
}
