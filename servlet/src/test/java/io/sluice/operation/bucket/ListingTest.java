package io.sluice.operation.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.model.Utf8Order;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import io.sluice.uri.PercentCoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** ListObjects, ListObjectsV2 and ListObjectVersions. */
class ListingTest {
  private static final Pattern NAME =
      Pattern.compile("<Contents><Key>([^<]*)</Key>|<CommonPrefixes><Prefix>([^<]*)</Prefix>");

  static RequestFixture holding(Iterable<String> keys) throws IOException {
    RequestFixture gateway = RequestFixture.withBucket();
    for (String key : keys) {
      gateway.sendBody(key, "PUT /bucket/" + encode(key));
    }
    return gateway;
  }

  private static String encode(String text) {
    return PercentCoding.encode(text, "");
  }

  /** What a listing of everything shows, by the definition: grouped, then sorted. */
  private static List<String> model(Set<String> keys, String prefix, String delimiter) {
    Set<String> names = new TreeSet<>(Utf8Order.INSTANCE);
    for (String key : keys) {
      if (key.startsWith(prefix)) {
        int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        names.add(at < 0 ? key : key.substring(0, at + delimiter.length()));
      }
    }
    return new ArrayList<>(names);
  }

  private static List<String> names(Answer page) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME.matcher(page.body());
    while (matcher.find()) {
      String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      names.add(PercentCoding.decode(name, PercentCoding.Plus.PLUS));
    }
    names.sort(Utf8Order.INSTANCE);
    return names;
  }

  @Provide
  Arbitrary<Set<String>> keys() {
    return Arbitraries.of("a", "b", "/", "//", "%", "+", " ", "é", "\uFF5E", "\uD83D\uDE00")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> String.join("", parts))
        .set()
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> delimiters() {
    return Arbitraries.of("", "/", "//", "b", "é");
  }

  @Provide
  Arbitrary<String> prefixes() {
    return Arbitraries.of("", "a", "a/", "/", "é");
  }

  @Property(tries = 150)
  void pagesOfV2AreTheModel(
      @ForAll("keys") Set<String> keys,
      @ForAll("prefixes") String prefix,
      @ForAll("delimiters") String delimiter,
      @ForAll @IntRange(min = 1, max = 4) int limit)
      throws IOException {
    RequestFixture gateway = holding(keys);
    String line = line("list-type=2&max-keys=" + limit, prefix, delimiter);
    List<String> listed = new ArrayList<>();
    String token = null;
    do {
      Answer page = gateway.send(token == null ? line : line + "&continuation-token=" + token);
      List<String> names = names(page);
      assertThat(page.element("KeyCount")).isEqualTo(Integer.toString(names.size()));
      assertThat(names).hasSizeLessThanOrEqualTo(limit);
      listed.addAll(names);
      token = page.element("NextContinuationToken");
      assertThat(page.element("IsTruncated")).isEqualTo(Boolean.toString(token != null));
    } while (token != null);
    assertThat(listed).isEqualTo(model(keys, prefix, delimiter));
  }

  @Property(tries = 100)
  void pagesOfV1AreTheModel(
      @ForAll("keys") Set<String> keys,
      @ForAll("delimiters") String delimiter,
      @ForAll @IntRange(min = 1, max = 4) int limit)
      throws IOException {
    RequestFixture gateway = holding(keys);
    String line = line("max-keys=" + limit, "", delimiter);
    List<String> listed = new ArrayList<>();
    String marker = "";
    boolean more = true;
    while (more) {
      Answer page = gateway.send(line + "&marker=" + marker);
      List<String> names = names(page);
      listed.addAll(names);
      more = "true".equals(page.element("IsTruncated"));
      String next = page.element("NextMarker");
      assertThat(next != null).isEqualTo(more && !delimiter.isEmpty());
      marker = next != null ? next : more ? encode(names.get(names.size() - 1)) : "";
    }
    assertThat(listed).isEqualTo(model(keys, "", delimiter));
  }

  private static String line(String first, String prefix, String delimiter) {
    return "GET /bucket?encoding-type=url&"
        + first
        + "&prefix="
        + encode(prefix)
        + "&delimiter="
        + encode(delimiter);
  }

  @Example
  void namesAreEncodedWhenAsked() throws IOException {
    RequestFixture gateway = holding(List.of("p q/a+b", "p q/ü"));
    Answer page =
        gateway.send(
            "GET /bucket?list-type=2&encoding-type=url&prefix=p%20q/&delimiter=%2B"
                + "&start-after=p%20a");
    assertThat(page.element("Prefix")).isEqualTo("p%20q/");
    assertThat(page.element("Delimiter")).isEqualTo("%2B");
    assertThat(page.element("StartAfter")).isEqualTo("p%20a");
    assertThat(page.element("EncodingType")).isEqualTo("url");
    assertThat(page.body())
        .contains("<Contents><Key>p%20q/%C3%BC</Key>")
        .contains("<CommonPrefixes><Prefix>p%20q/a%2B</Prefix></CommonPrefixes>");
  }

  @Example
  void aNameThatXmlForbidsNeverFailsThePage() throws IOException {
    Answer page = holding(List.of("a\u0001b")).send("GET /bucket?list-type=2");
    assertThat(page.body()).contains("<Key>a&#x1;b</Key>");
  }

  @Example
  void ownersComeWithV2WhenFetched() throws IOException {
    RequestFixture gateway = holding(List.of("a"));
    assertThat(gateway.send("GET /bucket?list-type=2").body()).doesNotContain("<Owner>");
    assertThat(gateway.send("GET /bucket?list-type=2&fetch-owner=true").body())
        .contains("<Owner><ID>" + RequestFixture.OWNER.canonicalId() + "</ID>");
    assertThat(gateway.send("GET /bucket").body()).contains("<Owner><ID>");
  }

  @Example
  void noKeysAreACompletePage() throws IOException {
    RequestFixture gateway = holding(List.of("a"));
    for (String query : new String[] {"list-type=2&max-keys=0", "max-keys=0"}) {
      Answer page = gateway.send("GET /bucket?" + query);
      assertThat(page.element("IsTruncated")).isEqualTo("false");
      assertThat(page.element("MaxKeys")).isEqualTo("0");
      assertThat(page.body()).doesNotContain("<Contents>");
    }
  }

  @Example
  void moreThanAThousandKeysAreAThousand() throws IOException {
    assertThat(holding(List.of()).send("GET /bucket?max-keys=5000").element("MaxKeys"))
        .isEqualTo("1000");
  }

  @Example
  void refusedParameters() throws IOException {
    RequestFixture gateway = holding(List.of());
    for (String query :
        List.of(
            "max-keys=-1",
            "max-keys=x",
            "max-keys=2147483648",
            "encoding-type=base64",
            "list-type=2&continuation-token=",
            "list-type=2&continuation-token=%25",
            "versions&version-id-marker=x")) {
      assertThat(gateway.refused("GET /bucket?" + query).code())
          .as(query)
          .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    }
    assertThat(gateway.refused("GET /other").code()).isEqualTo(S3ErrorCode.NO_SUCH_BUCKET);
  }

  @Example
  void versionsComeFromTheNewestByPage() throws IOException {
    RequestFixture gateway = RequestFixture.withBucket();
    gateway.sendBody(
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
        "PUT /bucket?versioning");
    String first = gateway.sendBody("1", "PUT /bucket/a").headers().get("x-amz-version-id");
    String second = gateway.sendBody("2", "PUT /bucket/a").headers().get("x-amz-version-id");
    String marker = gateway.send("DELETE /bucket/a").headers().get("x-amz-version-id");
    gateway.sendBody("3", "PUT /bucket/b");
    List<String> ids = new ArrayList<>();
    String line = "GET /bucket?versions&max-keys=1";
    String next = line;
    while (next != null) {
      Answer page = gateway.send(next);
      ids.add(String.valueOf(page.element("VersionId")));
      String key = page.element("NextKeyMarker");
      next =
          key == null
              ? null
              : line
                  + "&key-marker="
                  + key
                  + "&version-id-marker="
                  + page.element("NextVersionIdMarker");
    }
    assertThat(ids).hasSize(4).startsWith(marker, second, first);
    assertThat(gateway.send("GET /bucket?versions").body())
        .contains("<DeleteMarker><Key>a</Key><VersionId>" + marker + "</VersionId><IsLatest>true<");
  }

  @Example
  void thePrefixOfTheOldListingIsEncodedOnlyWhereItMustBe() throws IOException {
    Map<String, String> told =
        Map.of(
            "a%20b/%0A~",
            "a b/\n~", "100%25", "100%25", "a%2Bb", "a%2Bb", "%C3%BC", "%C3%BC", "%01", "%01");
    RequestFixture gateway = RequestFixture.withBucket();
    for (Map.Entry<String, String> each : told.entrySet()) {
      Answer page = gateway.send("GET /bucket?encoding-type=url&prefix=" + each.getKey());
      assertThat(page.element("Prefix")).isEqualTo(each.getValue());
    }
  }
}
