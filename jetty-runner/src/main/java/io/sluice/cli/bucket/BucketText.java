package io.sluice.cli.bucket;

import io.sluice.cli.text.Dates;
import io.sluice.cli.text.Sizes;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The properties of a bucket in words. Stateless. */
final class BucketText {
  /** What holds for a property that was not set. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "checksum.type", "crc64nvme",
          "etag.type", "md5",
          "versioning.enabled", "false",
          "backend_bck", "none",
          "durability", "default",
          "access", "rw",
          "quota.bytes", "none",
          "quota.objects", "none");

  /** The same of properties that only buckets in another S3 have. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "versioning.validate_warm_get", "false",
          "versioning.synchronize", "false",
          "features", "none");

  private BucketText() {}

  /** A property's value as it holds. */
  static String property(JsonNode bucket, String name) {
    String otherwise = DEFAULTS.getOrDefault(name, ELSEWHERE.getOrDefault(name, ""));
    return bucket.path("properties").path(name).asString(otherwise);
  }

  /** All properties, one by one. */
  static Map<String, String> whole(JsonNode bucket) {
    Map<String, String> rows = new TreeMap<>(DEFAULTS);
    bucket
        .path("properties")
        .properties()
        .forEach(entry -> rows.put(entry.getKey(), entry.getValue().asString()));
    rows.put("created", Dates.of(bucket.path("createdAt").asString()));
    rows.put("provider", bucket.path("provider").asString());
    rows.put("region", bucket.path("region").asString());
    rows.put("owner", bucket.path("owner").asString());
    return rows;
  }

  /** A row for each section. */
  static Map<String, String> compact(JsonNode bucket) {
    Map<String, String> rows = new TreeMap<>();
    Map<String, String> whole = whole(bucket);
    whole.forEach(
        (name, value) -> {
          if (name.indexOf('.') < 0) {
            rows.put(name, value);
          } else {
            rows.merge(
                name.substring(0, name.indexOf('.')),
                name.substring(name.indexOf('.') + 1) + ": " + value,
                (before, more) -> before + " | " + more);
          }
        });
    rows.remove("etag");
    rows.put("checksum", checksum(whole));
    rows.put("versioning", versioning(whole));
    JsonNode usage = bucket.path("usage");
    if (usage.isObject()) {
      rows.put(
          "usage",
          "Objects: "
              + usage.path("objects").asLong()
              + " | Size: "
              + Sizes.of(usage.path("bytes").asLong()));
    }
    return rows;
  }

  private static String checksum(Map<String, String> whole) {
    String type = whole.getOrDefault("checksum.type", "");
    if (type.equals("none")) {
      return "Disabled";
    }
    // What is fetched from another S3 is always compared with its entity tag before it is kept.
    String tags =
        whole.getOrDefault("etag.type", "md5").equals("md5") ? "" : " | ETag: of the checksum";
    return "Type: " + type + " | Validate: ColdGET" + tags;
  }

  private static String versioning(Map<String, String> whole) {
    boolean enabled = "true".equals(whole.get("versioning.enabled"));
    boolean warm = "true".equals(whole.get("versioning.validate_warm_get"));
    return (enabled ? "Enabled" : "Disabled") + " | Validate on WarmGET: " + (warm ? "yes" : "no");
  }
}
