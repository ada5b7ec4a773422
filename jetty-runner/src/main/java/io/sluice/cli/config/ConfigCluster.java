package io.sluice.cli.config;

import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.Verb;
import io.sluice.cli.client.ApiPath;
import io.sluice.cli.text.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code config cluster}: features, and what new buckets are like. */
@CommandLine.Command(
    name = "cluster",
    description = {
      "Shows or sets what holds for the whole gateway, at once:",
      "config cluster features [FEATURE...|none], config cluster checksum.type[=TYPE]",
      "The features that are named replace those before. checksum.type is that of buckets that are"
          + " created from then on."
    })
final class ConfigCluster extends Verb {
  private static final String FEATURES = "features";
  private static final String CHECKSUM_TYPE = "checksum.type";

  @CommandLine.Parameters(arity = "0..*", paramLabel = "NAME", description = "what to show or set")
  private List<String> words = new ArrayList<>();

  @Override
  protected ExitCode run(Session session) throws IOException {
    List<String> rest = new ArrayList<>(words);
    if (rest.size() > 1 && List.of("set", "show").contains(rest.get(0))) {
      rest.remove(0);
    }
    String first = rest.isEmpty() ? "" : rest.remove(0);
    int equals = first.indexOf('=');
    String name = equals < 0 ? first : first.substring(0, equals);
    if (equals > 0) {
      rest.add(0, first.substring(equals + 1));
    }
    if (!List.of("", FEATURES, CHECKSUM_TYPE).contains(name)) {
      throw new IllegalArgumentException(
          "there is no setting " + name + "; there are " + FEATURES + " and " + CHECKSUM_TYPE);
    }
    if (rest.isEmpty()) {
      return show(session, name, session.api().get(ApiPath.of("cluster")), false);
    }
    Map<String, Object> change = new HashMap<>();
    if (name.equals(FEATURES)) {
      change.put("features", rest);
    } else {
      change.put("checksumType", String.join(" ", rest));
    }
    return show(session, name, session.api().send("PATCH", ApiPath.of("cluster"), change), true);
  }

  private static ExitCode show(Session session, String name, JsonNode cluster, boolean updated) {
    if (session.json()) {
      return session.print(cluster);
    }
    Table table = new Table("PROPERTY", "VALUE");
    if (!name.equals(FEATURES)) {
      table.row(CHECKSUM_TYPE, cluster.path("checksumType").asString());
    }
    if (!name.equals(CHECKSUM_TYPE)) {
      String label = FEATURES;
      for (JsonNode feature : cluster.path("features")) {
        table.row(label, feature.asString());
        label = "";
      }
      if (cluster.path("features").isEmpty()) {
        table.row(label, "none");
      }
    }
    table.print(session.out());
    if (name.equals(FEATURES)) {
      session.out().println();
      known(cluster).print(session.out());
    }
    if (updated) {
      session.out().println();
      session.out().println("Cluster config updated");
    }
    return ExitCode.DONE;
  }

  private static Table known(JsonNode cluster) {
    Table table = new Table("FEATURE", "TAGS", "DESCRIPTION");
    for (JsonNode feature : cluster.path("known")) {
      table.row(
          feature.path("name").asString(),
          feature.path("tags").asString(),
          feature.path("description").asString());
    }
    return table;
  }
}
