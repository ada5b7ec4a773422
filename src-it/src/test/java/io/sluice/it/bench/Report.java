package io.sluice.it.bench;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table, in Markdown. */
final class Report {
  private static final String HEAD =
      """
      | case | server | requests/s | median ms | server CPU µs/request | CPU to nginx's | CPU to \
      s3proxy's | rate to s3proxy's |
      |---|---|---|---|---|---|---|---|
      """;

  private Report() {}

  /** Everything. */
  static String table(Map<Case, Map<Contestant, Measurement>> results) {
    return HEAD
        + results.entrySet().stream()
            .map(entry -> rows(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
  }

  /** The rows of a case, one a server. */
  static String rows(Case row, Map<Contestant, Measurement> medians) {
    Measurement nginx = of(medians, Contestant.Kind.FILES);
    Measurement peer = of(medians, Contestant.Kind.PEER);
    StringBuilder rows = new StringBuilder();
    String title = row.title();
    for (Map.Entry<Contestant, Measurement> entry : medians.entrySet()) {
      Measurement own = entry.getValue();
      rows.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %,.0f | %.2f | %,.0f | %s | %s | %s |%n",
              title,
              entry.getKey().name(),
              own.perSecond(),
              own.medianMillis(),
              own.cpuMicros(),
              nginx == null ? "" : ratio(own.cpuMicros(), nginx.cpuMicros()),
              peer == null ? "" : ratio(own.cpuMicros(), peer.cpuMicros()),
              peer == null ? "" : ratio(own.perSecond(), peer.perSecond())));
      title = "";
    }
    return rows.toString();
  }

  /** The first of a kind; null when none took part. */
  static Measurement of(Map<Contestant, Measurement> medians, Contestant.Kind kind) {
    return medians.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static String ratio(double own, double other) {
    return String.format(Locale.ROOT, "%.2f", own / other);
  }
}
