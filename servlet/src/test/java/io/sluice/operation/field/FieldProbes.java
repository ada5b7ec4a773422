package io.sluice.operation.field;

import io.sluice.checksum.ChecksumDigest;
import io.sluice.model.ChecksumAlgorithm;
import io.sluice.operation.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each field of a request does: the same request with and without it, each to a world of its
 * own. It is honoured when the answer or the world differs, refused when it makes a 501.
 */
final class FieldProbes {
  private static final String NOT_IMPLEMENTED = "NotImplemented";

  /** What a document is refused with that has something in it which is not known or not built. */
  private static final Set<String> REFUSALS = Set.of(NOT_IMPLEMENTED, "MalformedXML");

  /**
   * What a field does.
   *
   * @param honoured whether it is honoured
   * @param refusal the code of the error that it is refused with; null for none
   */
  record Effect(boolean honoured, @Nullable String refusal) {
    static final Effect NONE = new Effect(false, null);
    static final Effect HONOURED = new Effect(true, null);

    private Effect or(Effect other) {
      return honoured || (refusal != null && !other.honoured) ? this : other;
    }
  }

  /**
   * A request of an operation.
   *
   * @param preparation what is sent before it
   * @param message the request
   * @param followers what is sent after it, where {@code {made}} is the upload that it made
   * @param values fields and values that it is sent with in the place of the usual ones
   */
  private record Probe(
      List<String> preparation,
      Message message,
      List<String> followers,
      Map<String, String> values) {}

  private final List<String> preparation = new ArrayList<>();
  private final Map<String, String> usual = new LinkedHashMap<>();
  private final Map<String, List<Probe>> probes = new LinkedHashMap<>();

  /** Reads {@code requests.txt}. */
  FieldProbes() {
    List<String> prepared = preparation;
    String operation = "";
    for (String line : lines()) {
      if (line.startsWith("== ")) {
        operation = line.substring(3);
        prepared = new ArrayList<>(preparation);
        probes.put(operation, new ArrayList<>());
      } else if (line.startsWith("! ")) {
        prepared.add(line.substring(2));
      } else if (line.matches("\\w+=[\\w-]+: .*")) {
        prepared.add(line);
      } else if (line.startsWith("* ")) {
        put(line.substring(2), usual);
      } else if (line.startsWith("  ")) {
        List<Probe> of = Objects.requireNonNull(probes.get(operation));
        Probe last = of.get(of.size() - 1);
        if (line.startsWith("  > ")) {
          last.followers().add(line.substring(4));
        } else {
          put(line.strip(), last.values());
        }
      } else {
        Objects.requireNonNull(probes.get(operation))
            .add(
                new Probe(
                    List.copyOf(prepared),
                    Message.parse(line),
                    new ArrayList<>(),
                    new HashMap<>()));
      }
    }
  }

  private static void put(String line, Map<String, String> values) {
    String[] halves = line.split(" = ", 2);
    values.put(halves[0], halves[1]);
  }

  private static List<String> lines() {
    try (var stream = FieldProbes.class.getResourceAsStream("requests.txt")) {
      String text =
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .flatMap(FieldProbes::ofEachAlgorithm)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> ofEachAlgorithm(String line) {
    if (!line.contains("{algorithm}") && !line.contains("{header}")) {
      return Stream.of(line);
    }
    byte[] part = "part".getBytes(StandardCharsets.UTF_8);
    return Stream.of(ChecksumAlgorithm.values())
        .map(
            algorithm ->
                line.replace("{algorithm}", algorithm.wireName())
                    .replace("{header}", algorithm.headerName())
                    .replace("{sum}", ChecksumDigest.checksum(algorithm, part).value()));
  }

  /** The operations that have requests. */
  Set<String> operations() {
    return probes.keySet();
  }

  /** What an operation told or did: effects of the fields of its requests, and what it answered. */
  Findings findings(String operation, List<String> requestFields) throws IOException {
    Findings findings = new Findings(new LinkedHashMap<>(), new TreeSet<>());
    for (Probe probe : Objects.requireNonNull(probes.get(operation))) {
      Seen plain = see(probe, probe.message(), findings);
      if (!plain.equals(see(probe, probe.message(), null))) {
        throw new IllegalStateException("not the same twice: " + probe.message());
      }
      for (String field : requestFields) {
        Effect effect =
            field.startsWith("body: ")
                ? ofBody(probe, plain, field.substring("body: ".length()))
                : ofField(probe, plain, field, findings);
        findings.effects().merge(field, effect, Effect::or);
      }
    }
    return findings;
  }

  private Effect ofField(Probe probe, Seen plain, String field, Findings findings)
      throws IOException {
    if (probe.message().has(field) && !probe.values().containsKey(field)) {
      return effect(plain, see(probe, probe.message().without(field), null));
    }
    String value = probe.values().getOrDefault(field, usual.get(field));
    if (value == null) {
      return Effect.NONE;
    }
    return effect(see(probe, probe.message().with(field, value), findings), plain);
  }

  private static Effect ofBody(Probe probe, Seen plain, String path) throws IOException {
    String body = probe.message().body();
    if (!body.startsWith("<") || !XmlPaths.of(body).contains(path)) {
      return Effect.NONE;
    }
    for (String part = path; !part.isEmpty(); ) {
      Seen less = see(probe, probe.message().withBody(XmlPaths.without(body, part)), null);
      if (REFUSALS.contains(String.valueOf(plain.error())) && less.error() == null) {
        return new Effect(false, plain.error());
      }
      // Of a group that is refused each member is; of one that is honoured it is not known.
      if (part.equals(path) && !plain.equals(less)) {
        return Effect.HONOURED;
      }
      part = part.substring(0, Math.max(part.lastIndexOf('/'), 0));
    }
    return Effect.NONE;
  }

  private static Effect effect(Seen with, Seen without) {
    if (with.equals(without)) {
      return Effect.NONE;
    }
    return NOT_IMPLEMENTED.equals(with.error())
        ? new Effect(false, NOT_IMPLEMENTED)
        : Effect.HONOURED;
  }

  private static Seen see(Probe probe, Message message, @Nullable Findings findings)
      throws IOException {
    FieldWorld world = new FieldWorld(probe.preparation());
    FieldWorld.Outcome outcome = world.send(message);
    StringBuilder after = new StringBuilder();
    world.keepUpload(outcome);
    for (String follower : probe.followers()) {
      after.append(world.send(Message.parse(follower)).text()).append('\n');
    }
    Answer answer = outcome.answer();
    if (answer != null && findings != null) {
      answer.headers().keySet().forEach(name -> findings.told().add(header(name)));
      if (answer.body().startsWith("<")) {
        XmlPaths.of(answer.body()).forEach(path -> findings.told().add("body: " + path));
      }
    }
    return new Seen(
        outcome.error(), FieldWorld.withoutIdsAndTimes(outcome.text() + after + world.look()));
  }

  private static String header(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return "header: " + (lower.startsWith("x-amz-meta-") ? "x-amz-meta-" : lower);
  }

  /**
   * What a request was answered with and what is there then.
   *
   * @param error the code of the error; null for none
   * @param all both, without what is drawn by lot
   */
  private record Seen(@Nullable String error, String all) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Seen seen && all.equals(seen.all);
    }

    @Override
    public int hashCode() {
      return all.hashCode();
    }
  }

  /**
   * What was found out of an operation.
   *
   * @param effects of each field of its requests
   * @param told the fields of its answers that were seen
   */
  record Findings(Map<String, Effect> effects, Set<String> told) {}
}
