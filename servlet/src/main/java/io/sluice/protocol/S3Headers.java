package io.sluice.protocol;

import io.sluice.model.ChecksumAlgorithm;
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
   * These headers and the {@code x-amz-} ones that a presigner moved into the query, where they are
   * as good as headers; a header of the same name wins. Only SigV4 signs the query whole, so only
   * its presigned requests are read so. The copy source and checksums count as headers alone, as on
   * AWS, and the signature's own parameters never.
   */
  public S3Headers withHoisted(QueryString query) {
    if (!query.has("X-Amz-Signature")) {
      return this;
    }
    Map<String, List<String>> merged = new LinkedHashMap<>(values);
    for (QueryString.Parameter parameter : query.parameters()) {
      String name = parameter.name().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-amz-") && !staysBehind(name) && !has(name)) {
        String value = parameter.value() == null ? "" : parameter.value();
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        merged
            .computeIfAbsent(name, key -> new ArrayList<>())
            .add(new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    return new S3Headers(merged);
  }

  private static boolean staysBehind(String name) {
    return switch (name) {
      case "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-expires",
          "x-amz-signedheaders",
          "x-amz-signature",
          "x-amz-security-token",
          "x-amz-content-sha256" ->
          true;
      default ->
          name.startsWith("x-amz-copy-source") || ChecksumAlgorithm.ofHeader(name).isPresent();
    };
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
