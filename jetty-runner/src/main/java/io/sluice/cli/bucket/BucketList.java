package io.sluice.cli.bucket;

import io.sluice.cli.BucketUri;
import io.sluice.cli.ExitCode;
import io.sluice.cli.Session;
import io.sluice.cli.client.ApiPath;
import io.sluice.cli.text.Sizes;
import io.sluice.cli.text.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A list of buckets, provider by provider. Confined to one thread. */
final class BucketList {
  private final Session session;
  private final boolean summary;

  BucketList(Session session, boolean summary) {
    this.session = session;
    this.summary = summary;
  }

  /** Prints those of a provider; of all when there is none. */
  ExitCode print(@Nullable BucketUri of) throws IOException {
    JsonNode answer = session.api().get(ApiPath.of("buckets"));
    String provider = of == null ? null : of.provider();
    Map<String, List<JsonNode>> providers = new TreeMap<>();
    if (provider != null) {
      providers.put(provider, new ArrayList<>());
    }
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode bucket : answer.path("buckets")) {
      String its = bucket.path("provider").asString();
      if (provider == null || its.equals(provider)) {
        providers.computeIfAbsent(its, key -> new ArrayList<>()).add(bucket);
        all.add(bucket);
      }
    }
    if (session.json()) {
      return session.print(Map.of("buckets", all));
    }
    providers.forEach(this::print);
    if (providers.isEmpty()) {
      session.out().println("No buckets.");
    }
    return ExitCode.DONE;
  }

  private void print(String provider, List<JsonNode> buckets) {
    session.out().println(provider.toUpperCase(Locale.ROOT) + " Buckets (" + buckets.size() + ")");
    Table table = summary ? new Table("  NAME", "OBJECTS", "SIZE") : Table.headless();
    for (JsonNode bucket : buckets) {
      JsonNode usage = bucket.path("usage");
      String name = "  " + Names.of(bucket);
      if (!summary) {
        table.row(name);
      } else if (usage.isObject()) {
        table.row(name, usage.path("objects").asString(), Sizes.of(usage.path("bytes").asLong()));
      } else {
        table.row(name, "-", "-");
      }
    }
    table.print(session.out());
  }
}
