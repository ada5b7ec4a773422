package io.sluice.operation;

import io.sluice.protocol.S3Headers;
import io.sluice.protocol.S3Target;
import io.sluice.uri.QueryString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a request is recognised as an operation. Written in a row as {@code METHOD target} and then,
 * each with a sign in front: {@code ?subresource}, {@code &parameter} or {@code &parameter=value}
 * that must be there, {@code #header} that must be there, {@code ~parameter} that may be there.
 * Immutable.
 *
 * @param method the method
 * @param target the kind of target
 * @param subresource the query parameter that names a resource of its own; a request has one at
 *     most
 * @param conditions the other things that must be there
 * @param parameters every query parameter that the row knows, the sub-resource among them
 */
public record Route(
    String method,
    S3Target.Kind target,
    @Nullable String subresource,
    List<Condition> conditions,
    Set<String> parameters) {
  /** Copies the collections. */
  public Route {
    conditions = List.copyOf(conditions);
    parameters = Set.copyOf(parameters);
  }

  /**
   * A parameter or header that must be there.
   *
   * @param header whether it is a header
   * @param name its name
   * @param value its value; null for any
   */
  record Condition(boolean header, String name, @Nullable String value) {
    boolean holds(QueryString query, S3Headers headers) {
      if (header) {
        return headers.has(name);
      }
      return query.has(name) && (value == null || value.equals(query.get(name)));
    }
  }

  static Route parse(String text) {
    String[] words = text.split(" ", -1);
    String subresource = null;
    List<Condition> conditions = new ArrayList<>();
    Set<String> parameters = new HashSet<>();
    for (String word : List.of(words).subList(2, words.length)) {
      String rest = word.substring(1);
      int equals = rest.indexOf('=');
      String name = equals < 0 ? rest : rest.substring(0, equals);
      switch (word.charAt(0)) {
        case '?' -> subresource = name;
        case '&' ->
            conditions.add(
                new Condition(false, name, equals < 0 ? null : rest.substring(equals + 1)));
        case '#' -> conditions.add(new Condition(true, name, null));
        case '~' -> {}
        default -> throw new IllegalArgumentException(text);
      }
      if (word.charAt(0) != '#') {
        parameters.add(name);
      }
    }
    S3Target.Kind target = S3Target.Kind.valueOf(words[1].toUpperCase(Locale.ROOT));
    return new Route(words[0], target, subresource, conditions, parameters);
  }

  /** Whether a request of the right method, target and sub-resource fulfils the conditions. */
  boolean holds(QueryString query, S3Headers headers) {
    for (Condition condition : conditions) {
      if (!condition.holds(query, headers)) {
        return false;
      }
    }
    return true;
  }
}
