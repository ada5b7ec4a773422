package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Compares values with the schemas of an OpenAPI document. */
record Description(JsonNode document) {
  /** Fails when a value is not as a schema says. */
  void check(String schema, JsonNode value) {
    JsonNode found = document.path("components").path("schemas").path(schema);
    assertThat(found.isObject()).as("schema " + schema).isTrue();
    List<String> problems = new ArrayList<>();
    check("$", found, value, problems);
    assertThat(problems).as(value.toPrettyString()).isEmpty();
  }

  private void check(String path, JsonNode schema, JsonNode value, List<String> problems) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asString().replaceFirst(".*/", "");
      check(path, document.path("components").path("schemas").path(name), value, problems);
      return;
    }
    if (!isOfType(schema.path("type").asString(""), value)) {
      problems.add(path + ": " + value + " is no " + schema.path("type").asString());
      return;
    }
    if (schema.has("enum") && !values(schema.path("enum")).contains(value.asString())) {
      problems.add(path + ": " + value + " is none of " + schema.path("enum"));
    }
    schema
        .path("required")
        .forEach(
            name -> {
              if (!value.has(name.asString())) {
                problems.add(path + ": " + name.asString() + " is missing");
              }
            });
    value
        .properties()
        .forEach(
            entry -> {
              JsonNode inner = schema.path("properties").path(entry.getKey());
              if (inner.isMissingNode()) {
                inner = schema.path("additionalProperties");
              }
              if (inner.isMissingNode() && schema.has("properties")) {
                problems.add(path + ": " + entry.getKey() + " is not described");
              } else if (!inner.isMissingNode()) {
                check(path + "." + entry.getKey(), inner, entry.getValue(), problems);
              }
            });
    if (value.isArray()) {
      value.forEach(item -> check(path + "[]", schema.path("items"), item, problems));
    }
  }

  private static List<String> values(JsonNode list) {
    List<String> values = new ArrayList<>();
    list.forEach(value -> values.add(value.asString()));
    return values;
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> true;
    };
  }
}
