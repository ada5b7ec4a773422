package io.sluice.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.uri.PercentCoding;
import io.sluice.uri.PercentCoding.Plus;
import io.sluice.uri.QueryString;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The canonical forms of path, query and header values. */
class CanonicalRequestTest {
  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.strings()
        .withChars("abAB09-._~/+%&=?#;: !*'()[]{}|\\^`\"<>@,$")
        .withChars('\u00e9', '\u4e2d', '\u0001', '\u007f')
        .ofMinLength(1)
        .ofMaxLength(40);
  }

  /** However a client escapes a key, the encoded form that SDKs sign is among those tried. */
  @Property(tries = 500)
  void everyEscapingLeadsToTheSignedPath(@ForAll("keys") String key, @ForAll boolean all) {
    String signed = "/b/" + PercentCoding.encode(key, "/");
    String sent = "/b/" + (all ? PercentCoding.encode(key, "") : signed.substring(3));
    TestRequest request = TestRequest.of("GET", sent);
    assertThat(CanonicalRequest.paths(request, Plus.SPACE)).contains(signed, sent);
    TestRequest prefixed = request.path("/s3" + sent).prefix("/s3");
    assertThat(CanonicalRequest.paths(prefixed, Plus.SPACE)).contains(signed, sent, "/s3" + sent);
  }

  /** No variant names another key: each decodes to what the sent path decodes to. */
  @Property(tries = 500)
  void noVariantNamesAnotherKey(@ForAll("keys") String key) {
    String sent = "/b/" + PercentCoding.encode(key, "/");
    for (String path : CanonicalRequest.paths(TestRequest.of("GET", sent), Plus.SPACE)) {
      assertThat(PercentCoding.decode(path, Plus.PLUS)).isEqualTo("/b/" + key);
    }
  }

  @Property(tries = 500)
  void queryIsSortedAndStable(@ForAll List<@net.jqwik.api.constraints.AlphaChars String> names) {
    StringBuilder raw = new StringBuilder();
    for (String name : names) {
      raw.append('&').append(name).append("x=").append(name);
    }
    String canonical = CanonicalRequest.canonicalQuery(QueryString.parse(raw.toString()));
    assertThat(CanonicalRequest.canonicalQuery(QueryString.parse(canonical))).isEqualTo(canonical);
    List<String> pairs = canonical.isEmpty() ? List.of() : List.of(canonical.split("&"));
    assertThat(pairs).hasSize(names.size());
    assertThat(pairs.stream().map(pair -> pair.substring(0, pair.indexOf('='))).toList())
        .isSorted();
  }

  @ParameterizedTest
  @CsvSource({
    "uploads, uploads=",
    "b=2&a=1, a=1&b=2",
    "a=2&a=1, a=1&a=2",
    "a-b=1&a=1, a=1&a-b=1",
    "prefix=a+b%2Bc%20d, prefix=a%20b%2Bc%20d",
    "k=%e9%80%a0, k=%E9%80%A0",
    "X-Amz-Signature=00&a=/, a=%2F",
    "a=b=c, a=b%3Dc",
    "&&a=1&, a=1",
    "A=1&a=1&B=1, A=1&B=1&a=1",
  })
  void query(String raw, String canonical) {
    assertThat(CanonicalRequest.canonicalQuery(QueryString.parse(raw))).isEqualTo(canonical);
  }

  @Test
  void headerValues() {
    StringBuilder text = new StringBuilder();
    CanonicalRequest.appendValues(text, List.of("  a   b  ", "c", " \"d   e\" "));
    assertThat(text).hasToString("a b,c,\"d e\"");
  }
}
