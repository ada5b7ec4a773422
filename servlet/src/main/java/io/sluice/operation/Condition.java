package io.sluice.operation;

import io.sluice.uri.QueryString;
import io.sluice.protocol.S3Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a request must have beside method and target to be an operation. Immutable.
 *
 * @param kind where it is looked for
 * @param name name of the parameter or header
 * @param value the value that it must have; null for any
 */
public record Condition(Kind kind, String name, @Nullable String value) {
  /** Where a condition looks. */
  public enum Kind {
    /** A query parameter that names a resource of its own; a request has one of them at the most. */
    SUBRESOURCE,
    /** Another query parameter. */
    PARAMETER,
    /** A header. */
    HEADER
  }

  /** The sub-resource is named. */
  static Condition subresource(String name) {
    return new Condition(Kind.SUBRESOURCE, name, null);
  }

  /** The parameter is there. */
  static Condition param(String name) {
    return new Condition(Kind.PARAMETER, name, null);
  }

  /** The parameter has the value. */
  static Condition param(String name, String value) {
    return new Condition(Kind.PARAMETER, name, value);
  }

  /** The header is there. */
  static Condition header(String name) {
    return new Condition(Kind.HEADER, name, null);
  }

  /** Whether a request fulfils it. */
  boolean holds(QueryString query, S3Headers headers) {
    if (kind == Kind.HEADER) {
      return headers.has(name);
    }
    return query.has(name) && (value == null || value.equals(query.get(name)));
  }
}
