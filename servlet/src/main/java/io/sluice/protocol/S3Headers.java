package io.sluice.protocol;

import io.sluice.uri.QueryString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Request headers: names in any letter case, values in order of arrival, each with its bytes as
 * ISO-8859-1 characters, which is how containers hand them out. Immutable.
 */
public final class S3Headers {
  /** No headers. */
  public static final S3Headers EMPTY = new S3Headers(Map.of());

  private static final Set<String> SIGNATURE_PARAMETERS =
      Set.of(
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-expires",
          "x-amz-signedheaders",
          "x-amz-signature",
          "x-amz-security-token",
          "x-amz-content-sha256");

  private final Map<String, List<String>> values;

  private S3Headers(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Takes headers with names in any letter case. */
  public static S3Headers of(Map<String, List<String>> headers) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    headers.forEach(
        (name, list) ->
            copy.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                .addAll(list));
    return new S3Headers(copy);
  }

  /**
   * These headers, and those that signers of URLs move into the query: parameters that begin with
   * {@code x-amz-} and are none of the signature's. A header that is there wins.
   */
  public S3Headers withHoisted(QueryString query) {
    Map<String, List<String>> all = new LinkedHashMap<>(values);
    for (QueryString.Parameter parameter : query.parameters()) {
      String name = parameter.name().toLowerCase(Locale.ROOT);
      String value = parameter.value();
      if (name.startsWith("x-amz-") && !SIGNATURE_PARAMETERS.contains(name) && value != null) {
        // Header values are bytes in ISO-8859-1 characters; the query is decoded text.
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        all.putIfAbsent(name, List.of(new String(bytes, StandardCharsets.ISO_8859_1)));
      }
    }
    return new S3Headers(all);
  }

  /** The first value, or null. */
  public @Nullable String get(String name) {
    List<String> list = all(name);
    return list.isEmpty() ? null : list.get(0);
  }

  /** The first value that is there and not blank, stripped. */
  public Optional<String> nonBlank(String name) {
    String value = get(name);
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  /** All values joined by commas, as AWS joins repeated headers, re-read as UTF-8; or null. */
  public @Nullable String joinedUtf8(String name) {
    List<String> list = all(name);
    if (list.isEmpty()) {
      return null;
    }
    byte[] bytes = String.join(",", list).getBytes(StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** All values; empty when absent. */
  public List<String> all(String name) {
    return Collections.unmodifiableList(
        values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  /** Whether the header is there. */
  public boolean has(String name) {
    return values.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /** All names, lower case, in order of arrival. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }
}
