package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.uri.PercentCoding;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetParserTest {
  private static final TargetParser PARSER =
      new TargetParser(
          List.of("s3.example.com", "example.com"), TargetParser.Root.S3, PercentCoding.Plus.SPACE);

  private static S3Target target(String rawUri, String context, String host) {
    TargetParser.Destination destination = PARSER.parse(rawUri, context, host);
    assertThat(destination).isInstanceOf(TargetParser.ToS3.class);
    return ((TargetParser.ToS3) destination).target();
  }

  private static S3Target object(String key) {
    return new S3Target.ObjectTarget(new BucketName("bkt"), new ObjectKey(key));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/bkt/k k",
        "/s3/bkt/k k",
        "/bkt//k /k",
        "/bkt/k// k//",
        "/bkt/. .",
        "/bkt/.. ..",
        "/bkt/a/../b a/../b",
        "/bkt/%2e%2e/b ../b",
        "/bkt/a%2Fb a/b",
        "/bkt/a%252Fb a%2Fb",
        "/bkt/a;v=1 a;v=1",
        "/bkt/a%2Bb a+b",
        "/bkt/s3/x s3/x",
        "/bkt/../-/console ../-/console",
        "/bkt%2Fk k",
        "/bkt/%C3%A9 é",
      })
  void readsAKey(String rawUri, String key) {
    assertThat(target(rawUri, "", "localhost:8080")).isEqualTo(object(key));
  }

  @Test
  void readsAPlusAsTheSwitchSays() {
    assertThat(target("/bkt/a+b", "", "h")).isEqualTo(object("a b"));
    TargetParser keeping =
        new TargetParser(List.of(), TargetParser.Root.S3, PercentCoding.Plus.PLUS);
    assertThat(((TargetParser.ToS3) keeping.parse("/bkt/a+b", "", "h")).target())
        .isEqualTo(object("a+b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bkt", "/bkt/", "/s3/bkt", "/s3/bkt/"})
  void readsABucketWithOrWithoutASlash(String rawUri) {
    assertThat(target(rawUri, "", "h")).isEqualTo(new S3Target.BucketTarget(new BucketName("bkt")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/s3", "/s3/"})
  void readsTheService(String rawUri) {
    assertThat(target(rawUri, "", "h")).isEqualTo(new S3Target.ServiceTarget());
  }

  @ParameterizedTest
  @CsvSource({"/s3/bkt/k,/s3", "/s3,/s3", "/%733/bkt/k,/s3", "/gate/way/s3/bkt,/gate/way"})
  void takesAContextPathOff(String rawUri, String context) {
    TargetParser.Destination destination = PARSER.parse(rawUri, context, "h");
    assertThat(rawUri).startsWith(destination.pathPrefix());
    assertThat(PercentCoding.decode(destination.pathPrefix(), PercentCoding.Plus.PLUS))
        .startsWith(context);
  }

  @ParameterizedTest
  @CsvSource({
    "bkt.s3.example.com,bkt",
    "BKT.S3.Example.com:8080,bkt",
    "my.bkt.s3.example.com,my.bkt",
    "bkt.example.com,bkt",
  })
  void readsABucketFromTheHost(String host, String bucket) {
    assertThat(target("/-/s3//k", "", host))
        .isEqualTo(new S3Target.ObjectTarget(new BucketName(bucket), new ObjectKey("-/s3//k")));
    assertThat(target("/", "", host)).isEqualTo(new S3Target.BucketTarget(new BucketName(bucket)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3.example.com", "example.com:80", "[::1]:8080", "10.0.0.1", "other"})
  void takesOtherHostsForPathStyle(String host) {
    assertThat(target("/bkt/k", "", host)).isEqualTo(object("k"));
  }

  @Test
  void knowsItsOwnPagesByTheRawPathAlone() {
    assertThat(PARSER.parse("/-/health/live", "", "h"))
        .isEqualTo(new TargetParser.ToOwn("/-/health/live", ""));
    assertThat(PARSER.parse("/s3/-/health/live", "/s3", "h"))
        .isEqualTo(new TargetParser.ToOwn("/-/health/live", "/s3"));
    assertThatThrownBy(() -> PARSER.parse("/%2D/health/live", "", "h"))
        .isInstanceOf(S3Exception.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bkt/%00", "/bkt/%", "/bkt/%zz", "/bkt/%FF", "/bkt/%C3", "*", ""})
  void refusesWhatIsNoUri(String rawUri) {
    assertThatThrownBy(() -> PARSER.parse(rawUri, "", "h"))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.code()).isEqualTo(S3ErrorCode.INVALID_URI));
  }

  @Test
  void answersAtThePrefixAloneWhenTheRootIsClosed() {
    TargetParser closed =
        new TargetParser(List.of(), TargetParser.Root.CLOSED, PercentCoding.Plus.SPACE);
    assertThat(closed.parse("/s3/bkt", "", "h").pathPrefix()).isEqualTo("/s3");
    assertThat(closed.parse("/s3/bkt", "/s3", "h").pathPrefix()).isEqualTo("/s3");
    assertThatThrownBy(() -> closed.parse("/bkt", "", "h")).isInstanceOf(S3Exception.class);
  }

  @Property
  void readsEveryKeyBackAsItWas(@ForAll("keys") String key) {
    String encoded = PercentCoding.encode(key, "");
    String withSlashes = PercentCoding.encode(key, "/");
    assertThat(target("/s3/bkt/" + encoded, "", "h")).isEqualTo(object(key));
    assertThat(target("/" + withSlashes, "", "bkt.example.com")).isEqualTo(object(key));
  }

  @Property
  void isTotal(@ForAll String rawUri, @ForAll String host) {
    try {
      assertThat(PARSER.parse("/" + rawUri, "", host).pathPrefix()).isNotNull();
    } catch (S3Exception e) {
      assertThat(e.status()).isEqualTo(400);
    }
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.strings()
        .withChars("a/.%+; \\\"'\u0001é\u20ac?#&=|~")
        .ofMinLength(1)
        .ofMaxLength(60);
  }
}
