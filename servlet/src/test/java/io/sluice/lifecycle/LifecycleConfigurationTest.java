package io.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.error.S3Exception;
import io.sluice.xml.XmlBodies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleConfigurationTest {
  private static final String EXPIRE = "<Expiration><Days>1</Days></Expiration>";

  private static String document(String rules) {
    return "<LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + rules
        + "</LifecycleConfiguration>";
  }

  private static String rule(String inner) {
    return "<Rule><Status>Enabled</Status>" + inner + "</Rule>";
  }

  private static LifecycleConfiguration parse(String document) {
    return LifecycleConfiguration.parse(document.getBytes(StandardCharsets.UTF_8), null);
  }

  private static S3Exception refused(String document) {
    S3Exception refusal = catchThrowableOfType(S3Exception.class, () -> parse(document));
    assertThat(refusal).as(document).isNotNull();
    return refusal;
  }

  @Test
  void aWholeRuleComesBackAsItWent() {
    String given =
        rule(
            "<ID>r</ID><Filter><And><Prefix>p/</Prefix><Tag><Key>k</Key><Value>v</Value></Tag>"
                + "<Tag><Key>l</Key><Value></Value></Tag>"
                + "<ObjectSizeGreaterThan>1</ObjectSizeGreaterThan>"
                + "<ObjectSizeLessThan>9</ObjectSizeLessThan></And></Filter>"
                + "<Expiration><Days>90</Days></Expiration>"
                + "<Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition>"
                + "<Transition><Days>60</Days><StorageClass>GLACIER</StorageClass></Transition>"
                + "<NoncurrentVersionTransition><NoncurrentDays>3</NoncurrentDays>"
                + "<StorageClass>DEEP_ARCHIVE</StorageClass></NoncurrentVersionTransition>"
                + "<NoncurrentVersionExpiration><NoncurrentDays>5</NoncurrentDays>"
                + "<NewerNoncurrentVersions>2</NewerNoncurrentVersions>"
                + "</NoncurrentVersionExpiration>");
    LifecycleConfiguration once = parse(document(given));
    LifecycleConfiguration stored = LifecycleConfiguration.stored(XmlBodies.write(once));
    assertThat(stored).isEqualTo(once);
    LifecycleRule rule = stored.rules().get(0);
    assertThat(rule.transitions()).hasSize(2);
    assertThat(rule.predicates().tag()).hasSize(2);
    assertThat(rule.matches("p/x", 2)).isTrue();
    assertThat(rule.matches("p/x", 9)).isFalse();
    assertThat(rule.matches("q", 2)).isFalse();
    String wire = new String(XmlBodies.write(stored.onTheWire()), StandardCharsets.UTF_8);
    assertThat(wire).doesNotContain("TransitionDefault").contains("<Transition><Days>30</Days>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Prefix/>",
        "<Prefix></Prefix>",
        "<Filter/>",
        "<Filter></Filter>",
        "<Filter>\n  </Filter>",
        "<Filter><Prefix/></Filter>",
        "<Filter><Prefix></Prefix></Filter>"
      })
  void anEmptySelectionIsEverything(String selection) {
    LifecycleConfiguration configuration = parse(document(rule(selection + EXPIRE)));
    LifecycleRule rule =
        LifecycleConfiguration.stored(XmlBodies.write(configuration)).rules().get(0);
    assertThat(rule.matches("anything", 0)).isTrue();
    assertThat(rule.idOrEmpty()).isNotEmpty();
    assertThat(rule.filter() == null).isEqualTo(selection.startsWith("<Prefix"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<Rule><Prefix/><Status>enabled</Status><Expiration><Days>1</Days></Expiration></Rule>",
        "<Rule><Prefix/><Expiration><Days>1</Days></Expiration></Rule>",
        "<Rule><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule>",
        "<Rule><Status>Enabled</Status><Prefix/><Filter/><Expiration><Days>1</Days></Expiration>"
            + "</Rule>",
        "<Unknown/>"
      })
  void rulesOfAnotherShapeAreMalformed(String rules) {
    assertThat(refused(document(rules)).code().wireCode()).isEqualTo("MalformedXML");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MalformedXML|<Expiration/>",
        "MalformedXML|<Expiration><Days>x</Days></Expiration>",
        "MalformedXML|<Expiration><Days>1</Days><Hours>1</Hours></Expiration>",
        "MalformedXML|<Expiration><Days>1</Days><Date>2030-01-01T00:00:00Z</Date></Expiration>",
        "MalformedXML|<Expiration><Days>1</Days><ExpiredObjectDeleteMarker>true"
            + "</ExpiredObjectDeleteMarker></Expiration>",
        "MalformedXML|<Expiration><Date>20300101</Date></Expiration>",
        "MalformedXML|<Expiration><Days>1</Days></Expiration><Nothing/>",
        "MalformedXML|<NoncurrentVersionExpiration/>",
        "MalformedXML|<AbortIncompleteMultipartUpload/>",
        "MalformedXML|<Transition><Days>1</Days></Transition>",
        "MalformedXML|<Transition><Days>1</Days><StorageClass>STANDARD</StorageClass></Transition>",
        "MalformedXML|<Transition><StorageClass>GLACIER</StorageClass></Transition>",
        "InvalidArgument|<Expiration><Days>0</Days></Expiration>",
        "InvalidArgument|<Expiration><Days>-1</Days></Expiration>",
        "InvalidArgument|<Expiration><Date>2030-01-01T01:00:00Z</Date></Expiration>",
        "InvalidArgument|<NoncurrentVersionExpiration><NoncurrentDays>0</NoncurrentDays>"
            + "</NoncurrentVersionExpiration>",
        "InvalidArgument|<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
            + "<NewerNoncurrentVersions>101</NewerNoncurrentVersions>"
            + "</NoncurrentVersionExpiration>",
        "InvalidArgument|<AbortIncompleteMultipartUpload><DaysAfterInitiation>0"
            + "</DaysAfterInitiation></AbortIncompleteMultipartUpload>",
        "InvalidArgument|<Transition><Days>-1</Days><StorageClass>GLACIER</StorageClass>"
            + "</Transition>",
        "InvalidArgument|<Transition><Days>29</Days><StorageClass>STANDARD_IA</StorageClass>"
            + "</Transition>",
        "InvalidArgument|<Expiration><Days>30</Days></Expiration><Transition><Days>30</Days>"
            + "<StorageClass>GLACIER</StorageClass></Transition>",
        "InvalidRequest|<ID>no action</ID>",
        "InvalidRequest|<Expiration><Date>2030-01-01T00:00:00Z</Date></Expiration><Transition>"
            + "<Days>1</Days><StorageClass>GLACIER</StorageClass></Transition>",
        "InvalidRequest|<Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition>"
            + "<Transition><Days>2</Days><StorageClass>GLACIER</StorageClass></Transition>",
      })
  void badActionsAreRefused(String code, String actions) {
    assertThat(refused(document(rule("<Filter/>" + actions))).code().wireCode()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MalformedXML|<Tagg><Key>k</Key><Value>v</Value></Tagg>",
        "MalformedXML|<Prefix>p</Prefix><Tag><Key>k</Key><Value>v</Value></Tag>",
        "MalformedXML|<Tag><Key>k</Key><Value>v</Value></Tag><Tag><Key>l</Key><Value>v</Value>"
            + "</Tag>",
        "MalformedXML|<And><Prefix>p</Prefix></And>",
        "MalformedXML|<And><Prefix>p</Prefix><Size>1</Size></And>",
        "MalformedXML|<Tag><Value>v</Value></Tag>",
        "InvalidRequest|<And><ObjectSizeGreaterThan>9</ObjectSizeGreaterThan><ObjectSizeLessThan>9"
            + "</ObjectSizeLessThan></And>",
        "InvalidRequest|<And><Tag><Key>k</Key><Value>v</Value></Tag><Tag><Key>k</Key><Value>w"
            + "</Value></Tag></And>"
      })
  void badFiltersAreRefused(String code, String filter) {
    String rule = rule("<Filter>" + filter + "</Filter>" + EXPIRE);
    assertThat(refused(document(rule)).code().wireCode()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>",
        "<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation>"
            + "</AbortIncompleteMultipartUpload>"
      })
  void whatHasNoTagsTakesNone(String action) {
    String rule = "<Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter>" + action;
    assertThat(refused(document(rule(rule))).code().wireCode()).isEqualTo("InvalidRequest");
  }

  @Test
  void idsAreUniqueAndShort() {
    String same = rule("<ID>a</ID><Prefix/>" + EXPIRE);
    assertThat(refused(document(same + same)).code().wireCode()).isEqualTo("InvalidArgument");
    String id = "i".repeat(256);
    assertThat(refused(document(rule("<ID>" + id + "</ID><Prefix/>" + EXPIRE))).message())
        .contains("255");
    String anonymous = rule("<Prefix/>" + EXPIRE);
    assertThat(parse(document(anonymous + anonymous)).rules())
        .extracting(LifecycleRule::idOrEmpty)
        .doesNotHaveDuplicates();
    assertThat(parse(document(anonymous.repeat(1000))).rules()).hasSize(1000);
    assertThat(refused(document(anonymous.repeat(1001))).code().wireCode())
        .isEqualTo("MalformedXML");
  }

  @Test
  void daysEndAtTheNextMidnight() {
    LifecycleDays days = LifecycleDays.CALENDAR;
    assertThat(days.after(Instant.parse("2014-01-15T10:30:00Z"), 3))
        .isEqualTo(Instant.parse("2014-01-19T00:00:00Z"));
    assertThat(days.after(Instant.parse("2014-01-15T00:00:00Z"), 3))
        .isEqualTo(Instant.parse("2014-01-18T00:00:00Z"));
    assertThat(new LifecycleDays(Duration.ofSeconds(2)).after(Instant.ofEpochMilli(1_000_999), 1))
        .isEqualTo(Instant.ofEpochMilli(1_004_000));
  }
}
