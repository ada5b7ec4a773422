package io.sluice.it.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Runs every case on every server in turn, several rounds, and prints the medians: {@code mvn
 * -Pload verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false
 * [-Dload.options="-Dbench.seconds=3 -Dbench.cases=GET"]}.
 */
public final class GatewayBenchmark {
  private static final PrintStream OUT = System.out;
  private static final String BUCKET = "/bench";
  private static final int LISTED = 10_000;
  private static final int PREFIXES = 100;
  private static final int HEADS = 5_000;
  private static final int ROUNDS = 3;
  private static final long SECONDS = Long.getLong("bench.seconds", 3);
  private static final long WARM_SECONDS = Long.getLong("bench.warm-seconds", 3 * SECONDS);
  private static final String CASES = System.getProperty("bench.cases", "");
  private static final byte[] NOTHING = {};

  private final Contestants contestants;
  private int made;

  private GatewayBenchmark(Path directory) {
    contestants = new Contestants(directory);
  }

  /** Runs it; the report is printed and written to {@code target}. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-");
    new GatewayBenchmark(directory).run();
  }

  private void run() throws Exception {
    List<Contestant> all = contestants.start();
    try {
      Map<Case, Map<Contestant, Measurement>> results = new LinkedHashMap<>();
      for (Contestant contestant : all) {
        prepare(contestant);
      }
      for (Case row : Case.ALL) {
        if (row.name().startsWith(CASES)) {
          results.put(row, measure(row, all));
          OUT.println(Report.rows(row, results.get(row)));
        }
      }
      Path report = Path.of("target", "benchmark.md");
      Files.writeString(report, Report.table(results));
      Files.writeString(Path.of("target", "benchmark.svg"), Chart.svg(results));
      OUT.println(Files.readString(report));
    } finally {
      all.forEach(Contestant::close);
    }
  }

  private void prepare(Contestant contestant) throws Exception {
    if (contestant.kind() == Contestant.Kind.FILES) {
      return;
    }
    once(contestant, List.of(contestant.head("PUT", BUCKET, 0)), NOTHING);
    List<byte[]> heads = new ArrayList<>();
    for (int i = 0; i < LISTED; i++) {
      heads.add(contestant.head("PUT", BUCKET + "/list/%03d/%05d".formatted(i % PREFIXES, i), 1));
    }
    once(contestant, heads, new byte[1]);
  }

  private static void once(Contestant contestant, List<byte[]> heads, byte[] body)
      throws Exception {
    new Load(contestant, heads, body, Math.min(16, heads.size()))
        .run(new Load.Limit(TimeUnit.HOURS.toNanos(1), true));
  }

  private Map<Contestant, Measurement> measure(Case row, List<Contestant> all) throws Exception {
    Map<Contestant, List<Measurement>> runs = new LinkedHashMap<>();
    for (Contestant contestant : all) {
      if (contestant.kind() != Contestant.Kind.FILES
          || row.method() == Case.Method.GET
          || row.method() == Case.Method.HEAD) {
        runs.put(contestant, new ArrayList<>());
        load(row, contestant, WARM_SECONDS);
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<Contestant, List<Measurement>> entry : runs.entrySet()) {
        entry.getValue().add(load(row, entry.getKey(), SECONDS));
      }
    }
    Map<Contestant, Measurement> medians = new LinkedHashMap<>();
    runs.forEach((contestant, list) -> medians.put(contestant, Measurement.median(list)));
    return medians;
  }

  private Measurement load(Case row, Contestant contestant, long seconds) throws Exception {
    byte[] body = row.method() == Case.Method.PUT ? random(row.sizeBytes()) : NOTHING;
    boolean once = row.method() == Case.Method.DELETE;
    List<byte[]> heads = heads(row, contestant);
    return new Load(contestant, heads, body, row.connections())
        .run(new Load.Limit(TimeUnit.SECONDS.toNanos(seconds), once));
  }

  private List<byte[]> heads(Case row, Contestant contestant) throws Exception {
    String list = BUCKET + "?list-type=2&max-keys=1000&prefix=list%2F";
    switch (row.method()) {
      case LIST_FIRST:
        return List.of(contestant.head("GET", list, 0));
      case LIST_MIDDLE:
        return List.of(contestant.head("GET", list + "&start-after=list%2F050%2F", 0));
      case LIST_DELIMITER:
        return List.of(contestant.head("GET", list + "&delimiter=%2F", 0));
      default:
        break;
    }
    int count = Math.max(2, Math.min(HEADS, (64 << 20) / row.sizeBytes()));
    String keys = BUCKET + "/" + row.sizeBytes() + "-";
    boolean fresh = row.method().changes();
    int first = fresh ? made : 0;
    made += fresh ? count : 0;
    List<byte[]> heads = new ArrayList<>();
    List<byte[]> puts = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      int length = row.method() == Case.Method.PUT ? row.sizeBytes() : 0;
      heads.add(contestant.head(row.method().name(), keys + i, length));
      puts.add(contestant.head("PUT", keys + i, row.sizeBytes()));
    }
    if (row.method() != Case.Method.PUT) {
      fill(contestant, puts, keys, row.sizeBytes());
    }
    return heads;
  }

  private void fill(Contestant contestant, List<byte[]> puts, String keys, int sizeBytes)
      throws Exception {
    byte[] content = random(sizeBytes);
    if (contestant.kind() != Contestant.Kind.FILES) {
      once(contestant, puts, content);
      return;
    }
    for (int i = 0; i < puts.size(); i++) {
      Path file = Path.of(contestants.files() + keys + i);
      Files.createDirectories(file.getParent());
      write(file, content);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    if (!Files.exists(file)) {
      Files.write(file, content);
    }
  }

  private static byte[] random(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    new Random(sizeBytes).nextBytes(bytes);
    return bytes;
  }
}
