package io.sluice.iam.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a JSON document. Immutable. */
sealed interface JsonValue {
  /** A string. */
  record Text(String value) implements JsonValue {}

  /** A number or a boolean, as it was written. */
  record Literal(String value) implements JsonValue {}

  /** A null. */
  record Null() implements JsonValue {}

  /** An array. */
  record Array(List<JsonValue> values) implements JsonValue {
    public Array {
      values = List.copyOf(values);
    }
  }

  /** An object, its fields in the order in which they were written. */
  record Fields(Map<String, JsonValue> values) implements JsonValue {
    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** The members of an array; itself, when it is none. */
  default List<JsonValue> members() {
    return this instanceof Array array ? array.values() : List.of(this);
  }
}
