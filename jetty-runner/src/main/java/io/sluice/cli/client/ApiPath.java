package io.sluice.cli.client;

import io.sluice.uri.PercentCoding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A path of the administrators' interface with its query, percent-encoded as signatures want it.
 * Immutable.
 */
public final class ApiPath {
  private final String path;
  private final Map<String, String> query;

  private ApiPath(String path, Map<String, String> query) {
    this.path = path;
    this.query = query;
  }

  /** A path of these segments. */
  public static ApiPath of(String... segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/').append(PercentCoding.encode(segment, ""));
    }
    return new ApiPath(path.toString(), Map.of());
  }

  /** The same with a parameter; null leaves it out. */
  public ApiPath with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new TreeMap<>(query);
    more.put(name, value);
    return new ApiPath(path, more);
  }

  @Override
  public String toString() {
    List<String> parameters =
        query.entrySet().stream()
            .map(
                entry ->
                    PercentCoding.encode(entry.getKey(), "")
                        + "="
                        + PercentCoding.encode(entry.getValue(), ""))
            .toList();
    return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
  }
}
