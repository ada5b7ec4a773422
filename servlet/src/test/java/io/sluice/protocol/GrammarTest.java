package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ETag;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectRef;
import io.sluice.uri.PercentCoding;
import io.sluice.uri.QueryString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** The small grammars of headers and parameters. */
class GrammarTest {
  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .ofMinLength(1)
        .ofMaxLength(40)
        .filter(text -> !text.chars().anyMatch(c -> Character.isSurrogate((char) c)))
        .filter(text -> text.indexOf('\0') < 0);
  }

  @Property
  void aContinuationTokenGivesBackItsName(@ForAll("names") String name) {
    String token = ContinuationToken.of(name);
    assertThat(token).matches("[A-Za-z0-9_-]+");
    assertThat(ContinuationToken.parse(token)).isEqualTo(name);
  }

  @Property
  void anyOtherTokenIsRefusedCleanly(@ForAll String text) {
    try {
      assertThat(ContinuationToken.parse(text)).isNotEmpty();
    } catch (S3Exception e) {
      assertThat(e.code()).isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    }
  }

  @Property
  void aCopySourceIsDecodedOnce(@ForAll("names") String key, @ForAll boolean slash) {
    String header = (slash ? "/" : "") + "bucket/" + PercentCoding.encode(key, "/");
    assertThat(CopySource.parse(header))
        .isEqualTo(new ObjectRef(new BucketName("bucket"), new ObjectKey(key), null));
    assertThat(CopySource.parse(header + "?versionId=v%201").versionId()).isEqualTo("v 1");
  }

  @Property
  void anyOtherCopySourceIsRefusedCleanly(@ForAll String text) {
    try {
      assertThat(CopySource.parse(text).key().value()).isNotEmpty();
    } catch (S3Exception e) {
      assertThat(e.status()).isIn(400, 501);
    }
  }

  @Example
  void aCopySourceMayBeSentAsItIs() {
    byte[] utf8 = "bucket/grün".getBytes(StandardCharsets.UTF_8);
    String header = new String(utf8, StandardCharsets.ISO_8859_1);
    assertThat(CopySource.parse(header).key().value()).isEqualTo("grün");
    assertThat(CopySource.parse("bucket/a%252Fb").key().value()).isEqualTo("a%2Fb");
    assertThat(CopySource.parse("bucket/a?b=c").key().value()).isEqualTo("a?b=c");
  }

  @Property
  void rfc9110Section5Dot6Dot7DatesRoundTrip(
      @ForAll @LongRange(min = 0, max = 4_102_444_800L) long seconds) {
    Instant instant = Instant.ofEpochSecond(seconds);
    assertThat(HttpDate.format(instant)).hasSize(29).endsWith(" GMT");
    assertThat(HttpDate.parse(HttpDate.format(instant))).contains(instant);
    assertThat(HttpDate.parse(HttpDate.iso(instant))).contains(instant);
  }

  @Property
  void whatIsNoDateIsEmpty(@ForAll String text) {
    assertThat(HttpDate.parse("x" + text)).isEmpty();
  }

  @Example
  void datesOfDocumentsHaveThreeDigits() {
    Instant instant = Instant.parse("2026-01-02T03:04:05Z");
    assertThat(HttpDate.iso(instant)).isEqualTo("2026-01-02T03:04:05.000Z");
    assertThat(HttpDate.iso(instant.plus(7, ChronoUnit.MILLIS)))
        .isEqualTo("2026-01-02T03:04:05.007Z");
    assertThat(HttpDate.format(instant)).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
  }

  @Property
  void rfc2047WordsRoundTrip(@ForAll("names") String text) {
    String encoded = EncodedWord.encode(text);
    assertThat(encoded).matches("[\\x20-\\x7E]+");
    if (!text.contains("=?")) {
      assertThat(EncodedWord.decode(encoded)).isEqualTo(text);
    }
  }

  @Example
  void rfc2047Section2NeighbouringWordsAreOneText() {
    assertThat(EncodedWord.decode("=?UTF-8?B?Z3LDvA==?= \t=?UTF-8?Q?n_a?= b"))
        .isEqualTo("grün a b");
  }

  @Example
  void rfc9110Section13Dot1ListsOfTags() {
    S3Headers headers =
        S3Headers.of(
            Map.of("If-Match", List.of("\"a\", W/\"b\"", "c"), "If-None-Match", List.of("*")));
    assertThat(ConditionHeaders.tags(headers, "if-match"))
        .containsExactly(new ETag("a"), new ETag("b"), new ETag("c"));
    assertThat(ConditionHeaders.tags(headers, "if-none-match")).containsExactly(new ETag("*"));
    assertThat(ConditionHeaders.tags(headers, "if-range")).isNull();
  }

  @Property
  void encodingTypeUrlRoundTrips(@ForAll("names") String name) {
    String encoded = EncodingType.URL.encodeName(name);
    assertThat(encoded).matches("[A-Za-z0-9%._~/-]+");
    assertThat(PercentCoding.decode(encoded, PercentCoding.Plus.PLUS)).isEqualTo(name);
    assertThat(EncodingType.NONE.encodeName(name)).isEqualTo(name);
  }

  @Example
  void encodingTypeWritesSpacesAndSlashesAsAwsDoes() {
    assertThat(EncodingType.URL.encodeName("a b+c/d")).isEqualTo("a%20b%2Bc/d");
    assertThatThrownBy(() -> EncodingType.of(QueryString.parse("encoding-type=URL")))
        .isInstanceOf(S3Exception.class);
  }

  @Example
  void headersThatAPresignerMovedCountOnlyWhereTheQueryIsSigned() {
    S3Headers sent = S3Headers.of(Map.of("x-amz-meta-a", List.of("header")));
    QueryString query =
        QueryString.parse(
            "X-Amz-Signature=s&X-Amz-Date=d&x-amz-meta-a=query&X-Amz-Meta-B=b"
                + "&x-amz-copy-source=c&x-amz-checksum-crc32=d&versionId=v");
    S3Headers merged = sent.withHoisted(query);
    assertThat(merged.names()).containsExactly("x-amz-meta-a", "x-amz-meta-b");
    assertThat(merged.all("x-amz-meta-a")).containsExactly("header");
    assertThat(sent.withHoisted(QueryString.parse("Signature=s&x-amz-meta-b=b")).names())
        .containsExactly("x-amz-meta-a");
  }
}
