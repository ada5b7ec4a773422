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

  /** A bit for each length that a name has: most headers that are asked for are not there. */
  private final long lengths;

  private S3Headers(Map<String, List<String>> values) {
    this.values = values;
    long bits = 0;
    for (String name : values.keySet()) {
      bits |= 1L << name.length();
    }
    this.lengths = bits;
  }

  /** Takes headers with names in any letter case. */
  public static S3Headers of(Map<String, List<String>> headers) {
    Builder builder = new Builder();
    headers.forEach((name, list) -> list.forEach(value -> builder.add(name, value)));
    return builder.build();
  }

  /** Takes headers one by one, in order of arrival. Used once. */
  public static final class Builder {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** Adds a value; the name is in any letter case. */
    public void add(String name, String value) {
      S3Headers.add(values, name.toLowerCase(Locale.ROOT), value);
    }

    /** The headers. */
    public S3Headers build() {
      return new S3Headers(values);
    }
  }

  private static void add(Map<String, List<String>> values, String name, String value) {
    List<String> first = values.putIfAbsent(name, List.of(value));
    if (first != null) {
      List<String> more = new ArrayList<>(first);
      more.add(value);
      values.put(name, Collections.unmodifiableList(more));
    }
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
        add(merged, name, new String(bytes, StandardCharsets.ISO_8859_1));
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
    if (!mayHave(name)) {
      return List.of();
    }
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** Letter case does not change the length of a name that is made of what headers are made of. */
  private boolean mayHave(String name) {
    return (lengths & 1L << name.length()) != 0;
  }

  /** Whether the header is there. */
  public boolean has(String name) {
    return mayHave(name) && values.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /** All names, lower case, in order of arrival. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }
}
