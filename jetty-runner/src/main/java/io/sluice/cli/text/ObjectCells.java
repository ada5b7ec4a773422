package io.sluice.cli.text;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What is known of an object, in words. Stateless. */
public final class ObjectCells {
  /** All that listings show, in the order of {@code --props all}. */
  public static final List<String> COLUMNS =
      List.of(
          "name",
          "size",
          "checksum",
          "atime",
          "version",
          "copies",
          "custom",
          "location",
          "etag",
          "cached",
          "status");

  private ObjectCells() {}

  /** An object in a listing: what is not known is blank. */
  public static Map<String, String> cells(JsonNode object) {
    Map<String, String> cells = new TreeMap<>();
    JsonNode cached = object.path("cached");
    cells.put("name", object.path("key").asString());
    cells.put("size", Sizes.of(object.path("size").asLong()));
    cells.put("checksum", object.path("checksum").path("value").asString(""));
    cells.put("atime", Dates.of(object.path("atime").asString("")));
    cells.put("version", object.path("version").asString(""));
    cells.put("copies", object.path("copies").asString(""));
    cells.put("custom", custom(object.path("custom")));
    cells.put("location", object.path("location").asString(""));
    cells.put("etag", object.path("etag").asString(""));
    cells.put("cached", cached.isBoolean() ? word(cached) : "");
    // As in the seed: only what is here has a status.
    cells.put("status", cached.isBoolean() && cached.asBoolean() ? "ok" : "n/a");
    return cells;
  }

  /** An object by itself: what is not known is a hyphen. */
  public static Map<String, String> rows(JsonNode object, String name) {
    Map<String, String> rows = new TreeMap<>(cells(object));
    JsonNode checksum = object.path("checksum");
    String value = checksum.path("value").asString("");
    rows.remove("status");
    rows.remove("etag");
    rows.put("name", name);
    rows.put(
        "checksum",
        value.isEmpty() ? "" : checksum.path("type").asString() + "[" + abbreviated(value) + "]");
    String location = object.path("location").asString("");
    rows.put("location", location.isEmpty() ? "" : "t[local]:mp[" + location + "]");
    int copies = object.path("copies").asInt(0);
    rows.put(
        "copies", copies == 0 ? "" : copies + (location.isEmpty() ? "" : " [" + location + "]"));
    rows.put("ec", "");
    rows.replaceAll((row, cell) -> cell.isEmpty() ? "-" : cell);
    return rows;
  }

  private static String abbreviated(String value) {
    return value.length() > 16 ? value.substring(0, 16) + "..." : value;
  }

  private static String word(JsonNode truth) {
    return truth.asBoolean() ? "yes" : "no";
  }

  private static String custom(JsonNode custom) {
    if (custom.isEmpty()) {
      return "";
    }
    StringJoiner words = new StringJoiner(" ", "map[", "]");
    custom.properties().forEach(e -> words.add(e.getKey() + ":" + e.getValue().asString()));
    return words.toString();
  }
}
