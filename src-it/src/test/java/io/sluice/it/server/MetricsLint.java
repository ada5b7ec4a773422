package io.sluice.it.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code promtool check metrics} asks of names, units and help, and what this project asks of
 * labels. Confined to one test.
 *
 * @see <a href="https://prometheus.io/docs/practices/naming/">Metric and label naming</a>
 */
final class MetricsLint {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern SUFFIX = Pattern.compile("_(bucket|count|sum)$");

  /** Units that are not base units, and what is short for any. */
  private static final Set<String> NOT_BASE =
      Set.of(
          "milliseconds",
          "microseconds",
          "nanoseconds",
          "minutes",
          "hours",
          "days",
          "weeks",
          "kilobytes",
          "megabytes",
          "gigabytes",
          "kibibytes",
          "mebibytes",
          "bits",
          "percent",
          "s",
          "ms",
          "us",
          "ns",
          "sec",
          "b",
          "kb",
          "mb",
          "gb",
          "tb",
          "pb",
          "m",
          "h",
          "d");

  /** Labels whose values are known before any client comes. */
  private static final Set<String> LABELS =
      Set.of("operation", "status", "code", "le", "area", "id", "state", "action", "cause", "gc");

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> helps = new HashMap<>();
  private final Set<String> series = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();

  MetricsLint(String text) {
    text.lines().forEach(this::read);
    types.forEach(this::check);
  }

  /** What is wrong, a line each. */
  List<String> problems() {
    return problems;
  }

  /** Names with their labels, without values. */
  Set<String> series() {
    return series;
  }

  /** Whether a query may name this. */
  boolean has(String name) {
    return types.containsKey(name) || types.containsKey(SUFFIX.matcher(name).replaceFirst(""));
  }

  private void read(String line) {
    String[] words = line.split(" ", 4);
    if (line.startsWith("# HELP ")) {
      helps.put(words[2], words.length > 3 ? words[3] : "");
    } else if (line.startsWith("# TYPE ")) {
      if (types.put(words[2], words[3]) != null) {
        problems.add(words[2] + ": two types");
      }
    } else if (!line.startsWith("#")) {
      sample(line);
    }
  }

  private void sample(String line) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      problems.add(line + ": is no sample");
      return;
    }
    if (!has(sample.group(1))) {
      problems.add(sample.group(1) + ": has no type");
    }
    String labels = sample.group(2) == null ? "" : sample.group(2);
    if (!series.add(sample.group(1) + "{" + labels + "}")) {
      problems.add(line + ": twice");
    }
    Matcher label = LABEL.matcher(labels);
    while (label.find()) {
      if (!LABELS.contains(label.group(1))) {
        problems.add(line + ": has a label of its own, " + label.group(1));
      }
    }
  }

  private void check(String name, String type) {
    if (helps.getOrDefault(name, "").isBlank()) {
      problems.add(name + ": no help");
    }
    if (!name.matches("[a-z][a-z0-9_]*") || name.contains("__")) {
      problems.add(name + ": is not in snake case");
    }
    if (type.equals("counter") != name.endsWith("_total")) {
      problems.add(name + ": is a " + type);
    }
    if (SUFFIX.matcher(name).find()) {
      problems.add(name + ": ends as histograms do");
    }
    List<String> words = List.of(name.split("_"));
    for (String word : words) {
      if (NOT_BASE.contains(word)) {
        problems.add(name + ": " + word + " is no base unit");
      }
      if (List.of("gauge", "counter", "histogram", "summary").contains(word)) {
        problems.add(name + ": names its type");
      }
    }
    for (String unit : List.of("seconds", "bytes")) {
      // jvm and process meters have a unit before what they are of, as in seconds_max.
      boolean last = name.matches(".*_" + unit + "(_total|_max)?");
      if (words.contains(unit) && !last) {
        problems.add(name + ": " + unit + " does not come last");
      }
    }
  }
}
