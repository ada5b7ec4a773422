package io.sluice.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request for tests, from text as it stands on the wire. Immutable. */
record TestRequest(
    String method,
    String rawPath,
    @Nullable String rawQuery,
    String pathPrefix,
    @Nullable String hostBucket,
    Map<String, List<String>> values,
    byte[] bytes)
    implements SignableRequest {
  static TestRequest of(String method, String target) {
    int question = target.indexOf('?');
    return new TestRequest(
        method,
        question < 0 ? target : target.substring(0, question),
        question < 0 ? null : target.substring(question + 1),
        "",
        null,
        Map.of(),
        new byte[0]);
  }

  static TestRequest resource(String name) {
    try (InputStream in = TestRequest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestRequest parse(String text) {
    int end = text.indexOf("\n\n");
    List<String> lines = text.substring(0, end).lines().toList();
    String[] start = lines.get(0).split(" ", 3);
    TestRequest request = of(start[0], start[1]);
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      request = request.plus(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return request.body(text.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1));
  }

  TestRequest prefix(String prefix) {
    return new TestRequest(method, rawPath, rawQuery, prefix, hostBucket, values, bytes);
  }

  TestRequest path(String path) {
    return new TestRequest(method, path, rawQuery, pathPrefix, hostBucket, values, bytes);
  }

  TestRequest query(@Nullable String query) {
    return new TestRequest(method, rawPath, query, pathPrefix, hostBucket, values, bytes);
  }

  TestRequest bucketOfHost(@Nullable String bucket) {
    return new TestRequest(method, rawPath, rawQuery, pathPrefix, bucket, values, bytes);
  }

  TestRequest body(byte[] body) {
    return new TestRequest(method, rawPath, rawQuery, pathPrefix, hostBucket, values, body);
  }

  /** With one value of a header in place of all. */
  TestRequest with(String name, String value) {
    return without(name).plus(name, value);
  }

  /** With one more value of a header. */
  TestRequest plus(String name, String value) {
    Map<String, List<String>> copy = new LinkedHashMap<>(values);
    List<String> list = new ArrayList<>(headers(name));
    list.add(value);
    copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(list));
    return new TestRequest(method, rawPath, rawQuery, pathPrefix, hostBucket, copy, bytes);
  }

  TestRequest without(String name) {
    Map<String, List<String>> copy = new LinkedHashMap<>(values);
    copy.remove(name.toLowerCase(Locale.ROOT));
    return new TestRequest(method, rawPath, rawQuery, pathPrefix, hostBucket, copy, bytes);
  }

  BodySource source() {
    return () -> new ByteArrayInputStream(bytes);
  }

  @Override
  public List<String> headers(String name) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  @Override
  public Set<String> headerNames() {
    return values.keySet();
  }
}
