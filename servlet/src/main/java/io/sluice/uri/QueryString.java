package io.sluice.uri;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query string, parsed from its raw form: parameters in order, a name without a value apart from
 * one with an empty value. Immutable.
 */
public final class QueryString {
  /** No parameters. */
  public static final QueryString EMPTY = new QueryString(List.of());

  /** One parameter, decoded; the value is null when there was no equals sign. */
  public record Parameter(String name, @Nullable String value) {}

  private final List<Parameter> parameters;

  private QueryString(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /**
   * Parses the part behind the question mark.
   *
   * @throws io.sluice.error.S3Exception InvalidURI for a broken escape
   */
  public static QueryString parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return EMPTY;
    }
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? null : pair.substring(equals + 1);
      parameters.add(new Parameter(decode(name), value == null ? null : decode(value)));
    }
    return new QueryString(parameters);
  }

  private static String decode(String text) {
    return PercentCoding.decode(text, PercentCoding.Plus.SPACE);
  }

  /** All parameters in order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Whether a parameter of this name (case matters) is there, with a value or without. */
  public boolean has(String name) {
    return find(name) != null;
  }

  /** The first value of a parameter; empty text when it has none; null when it is absent. */
  public @Nullable String get(String name) {
    Parameter parameter = find(name);
    if (parameter == null) {
      return null;
    }
    return parameter.value() == null ? "" : parameter.value();
  }

  /** The first value of a parameter that is there and not empty. */
  public Optional<String> nonEmpty(String name) {
    String value = get(name);
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private @Nullable Parameter find(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return parameter;
      }
    }
    return null;
  }
}
