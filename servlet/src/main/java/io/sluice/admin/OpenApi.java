package io.sluice.admin;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The description of the interface, made of its routes and their types, so that the two cannot
 * differ. Stateless.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI 3.1</a>
 */
final class OpenApi {
  private final Map<String, Object> schemas = new TreeMap<>();

  private OpenApi() {}

  static Map<String, Object> of(Collection<AdminRoute> routes) {
    OpenApi document = new OpenApi();
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    for (AdminRoute route : routes) {
      paths
          .computeIfAbsent(AdminServlet.PREFIX + route.pattern(), path -> new TreeMap<>())
          .put(route.method().toLowerCase(java.util.Locale.ROOT), document.operation(route));
    }
    document.schema(AdminServlet.Failure.class);
    return Map.of(
        "openapi",
        "3.1.0",
        "info",
        Map.of("title", "Sluice administration", "version", "1"),
        "paths",
        paths,
        "components",
        Map.of("schemas", document.schemas));
  }

  private Map<String, Object> operation(AdminRoute route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("summary", route.summary());
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (String segment : route.segments()) {
      if (AdminRoute.isParameter(segment)) {
        parameters.add(
            Map.of(
                "name",
                segment.substring(1, segment.length() - 1),
                "in",
                "path",
                "required",
                true,
                "schema",
                Map.of("type", "string")));
      }
    }
    for (String name : route.query()) {
      parameters.add(Map.of("name", name, "in", "query", "schema", Map.of("type", "string")));
    }
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    Class<?> input = route.input();
    if (input != null) {
      operation.put("requestBody", Map.of("content", json(input)));
    }
    operation.put(
        "responses",
        Map.of(
            "200", Map.of("description", "Done.", "content", json(route.output())),
            "default",
                Map.of("description", "Refused.", "content", json(AdminServlet.Failure.class))));
    return operation;
  }

  private Map<String, Object> json(Class<?> type) {
    return Map.of("application/json", Map.of("schema", schema(type)));
  }

  private Map<String, Object> schema(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? Map.of("type", "object", "additionalProperties", schema(arguments[1]))
          : Map.of("type", "array", "items", schema(arguments[0]));
    }
    if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
      return Map.of("type", "integer");
    }
    if (type == boolean.class || type == Boolean.class) {
      return Map.of("type", "boolean");
    }
    if (type == String.class) {
      return Map.of("type", "string");
    }
    if (type == Instant.class) {
      return Map.of("type", "string", "format", "date-time");
    }
    if (type instanceof Class<?> named && named.isEnum()) {
      List<String> values = new ArrayList<>();
      for (Object value : named.getEnumConstants()) {
        values.add(value.toString());
      }
      return Map.of("type", "string", "enum", values);
    }
    return type instanceof Class<?> named && named.isRecord() ? record(named) : Map.of();
  }

  private Map<String, Object> record(Class<?> type) {
    String name = type.getSimpleName();
    Map<String, Object> reference = Map.of("$ref", "#/components/schemas/" + name);
    if (schemas.containsKey(name)) {
      return reference;
    }
    schemas.put(name, Map.of());
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      properties.put(component.getName(), schema(component.getGenericType()));
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(component.getName());
      }
    }
    schemas.put(name, Map.of("type", "object", "properties", properties, "required", required));
    return reference;
  }
}
