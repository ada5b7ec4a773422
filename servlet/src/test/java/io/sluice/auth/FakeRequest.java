package io.sluice.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request made of a request line and header lines. */
final class FakeRequest implements SignableRequest {
  private final String method;
  private final String target;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private String prefix = "";

  FakeRequest(String requestLine, String... headerLines) {
    this.method = requestLine.substring(0, requestLine.indexOf(' '));
    this.target = requestLine.substring(requestLine.indexOf(' ') + 1);
    for (String line : headerLines) {
      int colon = line.indexOf(':');
      header(line.substring(0, colon), line.substring(colon + 1).strip());
    }
  }

  FakeRequest header(String name, String value) {
    headers
        .computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
        .add(value);
    return this;
  }

  FakeRequest behind(String pathPrefix) {
    prefix = pathPrefix;
    return this;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String rawPath() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  @Override
  public String pathPrefix() {
    return prefix;
  }

  @Override
  public @Nullable String rawQuery() {
    int query = target.indexOf('?');
    return query < 0 ? null : target.substring(query + 1);
  }

  @Override
  public List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  @Override
  public Set<String> headerNames() {
    return headers.keySet();
  }
}
