package io.sluice.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the administrators' interface. Immutable.
 *
 * @param method the HTTP method
 * @param pattern the path behind {@code /-/admin/v1}; segments in braces stand for anything
 * @param summary what it does, for the description
 * @param input type of the body; null when it has none
 * @param output type of the answer
 * @param handler does it, with what the braces stood for
 * @param query names of the parameters that its query may have
 * @param audience who may ask
 */
record AdminRoute(
    String method,
    String pattern,
    String summary,
    @Nullable Class<?> input,
    Class<?> output,
    Handler handler,
    List<String> query,
    Audience audience) {
  /** Who may ask. */
  enum Audience {
    /** Administrators alone. */
    ADMINISTRATORS,
    /** Everybody: the handler asks what policies allow. */
    EVERYBODY
  }

  /** An operation for administrators, without parameters in its query. */
  AdminRoute(
      String method,
      String pattern,
      String summary,
      @Nullable Class<?> input,
      Class<?> output,
      Handler handler) {
    this(method, pattern, summary, input, output, handler, List.of(), Audience.ADMINISTRATORS);
  }

  /** The same, open to everybody, with these parameters in its query. */
  AdminRoute forEverybody(String... parameters) {
    return new AdminRoute(
        method, pattern, summary, input, output, handler, List.of(parameters), Audience.EVERYBODY);
  }

  /** Answers a request. */
  @FunctionalInterface
  interface Handler {
    /**
     * Answers.
     *
     * @param parameters what the segments in braces stood for, in order
     */
    Object answer(AdminRequest request, List<String> parameters) throws IOException;
  }

  /** Whether it only reads. */
  boolean reads() {
    return method.equals("GET");
  }

  List<String> segments() {
    return List.of(pattern.substring(1).split("/"));
  }

  static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }

  /** What the segments in braces stand for in a path; empty when it is another path. */
  Optional<List<String>> match(List<String> path) {
    List<String> segments = segments();
    if (segments.size() != path.size()) {
      return Optional.empty();
    }
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      if (isParameter(segments.get(i))) {
        parameters.add(path.get(i));
      } else if (!segments.get(i).equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }
}
