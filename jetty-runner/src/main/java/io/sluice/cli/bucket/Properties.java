package io.sluice.cli.bucket;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Properties as users write them. Stateless. */
final class Properties {
  private Properties() {}

  /**
   * Reads {@code name=value}, several apart by blanks, or an object in JSON, whose objects in it
   * are names with a dot. An empty value, and null, take a property back to its default.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Map<String, @Nullable String> parse(List<String> texts) {
    Map<String, @Nullable String> properties = new LinkedHashMap<>();
    for (String text : texts) {
      if (text.strip().startsWith("{")) {
        json(text, properties);
        continue;
      }
      String name = null;
      for (String word : text.strip().split("\\s+", -1)) {
        int equals = word.indexOf('=');
        if (equals > 0) {
          name = word.substring(0, equals);
          String value = word.substring(equals + 1).replaceAll("^\"(.*)\"$", "$1");
          properties.put(name, value.isEmpty() ? null : value);
        } else if (name == null) {
          throw new IllegalArgumentException("\"" + text + "\": NAME=VALUE was expected");
        } else {
          // A value of several words, such as features.
          properties.merge(name, word, (before, more) -> before + " " + more);
        }
      }
    }
    return properties;
  }

  private static void json(String text, Map<String, @Nullable String> properties) {
    try {
      flatten("", JsonMapper.shared().readTree(text), properties);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "the properties are no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static void flatten(
      String prefix, JsonNode node, Map<String, @Nullable String> properties) {
    node.properties()
        .forEach(
            entry -> {
              String name = prefix + entry.getKey();
              JsonNode value = entry.getValue();
              if (value.isObject()) {
                flatten(name + ".", value, properties);
              } else {
                String word = value.isNull() ? "" : value.asString();
                properties.put(name, word.isEmpty() ? null : word);
              }
            });
  }
}
