package io.sluice.auth.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy lets pass. */
class PostPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");

  private static PostPolicy parse(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return PostPolicy.parse(Base64.getMimeEncoder().encodeToString(bytes));
  }

  private static PostPolicy of(String conditions) {
    return parse(
        "{'expiration':'2026-11-23T01:00:01Z','conditions':[%s]}"
            .formatted(conditions)
            .replace('\'', '"'));
  }

  /** Checks fields written as {@code name=value;name=value}. */
  private static void check(String conditions, String fields) {
    Map<String, String> map = new HashMap<>();
    for (String field : fields.split(";", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        map.put(field.substring(0, equals), field.substring(equals + 1));
      }
    }
    of(conditions).check(map, "bucket", NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'bucket':'bucket'} | ''",
        "{'bucket':'bucket'} | bucket=other",
        "{'acl':'private'} | acl=private",
        "{'ACL':'private'} | acl=private",
        "['eq','$acl','private'] | acl=private",
        "['EQ','$AcL','private'] | acl=private",
        "['starts-with','$key','a/'] | key=a/b",
        "['starts-with','$key',''] | key=anything",
        "['starts-with','$Content-Type','image/'] | content-type=image/png, image/gif",
        "['starts-with','$key','a'],['starts-with','$key','ab'] | key=abc",
        "['eq','$key','\\$x'] | key=$x",
        "['content-length-range',0,10], | ''",
        " | policy=x;signature=y;awsaccesskeyid=z;x-amz-signature=s;x-ignore-me=i",
      })
  void holds(String conditions, String fields) {
    check(conditions == null ? "" : conditions, fields);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'bucket':'other'} | bucket=other | Condition failed: [\"eq\", \"$bucket\", \"other\"]",
        "{'acl':'private'} | acl=Private | Condition failed: [\"eq\", \"$acl\", \"private\"]",
        "{'acl':'private'} | '' | Condition failed: [\"eq\", \"$acl\", \"private\"]",
        "['starts-with','$key','a'] | key=b | failed: [\"starts-with\", \"$key\", \"a\"]",
        "['starts-with','$key',''] | '' | failed: [\"starts-with\", \"$key\", \"\"]",
        "['starts-with','$content-type','image/'] | content-type=image/png,text/html | failed",
        "['starts-with','$key','a'],{'key':'ab'} | key=abc | failed",
        "{'key':'a'} | key=a;x-amz-meta-b=;acl=c | Extra input fields: acl, x-amz-meta-b",
        " | x-amz-security-token=t | Extra input fields: x-amz-security-token",
        "['content-length-range',0,10] | content-length-range=1 | Extra input fields",
      })
  void doesNotHold(String conditions, String fields, String message) {
    S3Exception refusal =
        catchThrowableOfType(
            S3Exception.class, () -> check(conditions == null ? "" : conditions, fields));
    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(refusal.message()).startsWith("Invalid according to Policy: ").contains(message);
  }

  @Test
  void aPolicyEndsAtItsExpiration() {
    PostPolicy policy = of("");
    policy.check(Map.of(), "bucket", NOW);
    S3Exception refusal =
        catchThrowableOfType(
            S3Exception.class, () -> policy.check(Map.of(), "bucket", NOW.plusSeconds(1)));
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.ACCESS_DENIED);
    assertThat(refusal.message()).isEqualTo("Invalid according to Policy: Policy expired.");
  }

  @Test
  void rangesNarrowEachOther() {
    PostPolicy policy = of("['content-length-range',1,100],['Content-Length-Range','5','200']");
    assertThat(policy.minBytes()).isEqualTo(5);
    assertThat(policy.maxBytes()).isEqualTo(100);
    assertThat(of("").maxBytes()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{}",
        "{'expiration':'2026-11-23T01:00:01Z'}",
        "{'conditions':[]}",
        "{'EXPIRATION':'2026-11-23T01:00:01Z','conditions':[]}",
        "{'expiration':'2026-11-23T01:00:01Z','CONDITIONS':[]}",
        "{'expiration':'2026-11-23 01:00:01','conditions':[]}",
        "{'expiration':1795395601,'conditions':[]}",
        "{'expiration':'2026-11-23T01:00:01Z','conditions':{}}",
        "{'expiration':'2026-11-23T01:00:01Z','expiration':'2036-11-23T01:00:01Z','conditions':[]}",
        "{'expiration':'2026-11-23T01:00:01Z','conditions':[],'conditions':[]}",
        "{'expiration':'2026-11-23T01:00:01Z','conditions':[]} {}",
        "{'expiration':'2026-11-23T01:00:01Z','conditions':[]",
      })
  void whatIsNoPolicyIsRefused(String json) {
    assertThat(refused(() -> parse(json.replace('\'', '"'))))
        .isEqualTo(S3ErrorCode.INVALID_POLICY_DOCUMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "'x'",
        "{'acl':'private','key':'a'}",
        "{'acl':'private','acl':'private'}",
        "{'success_action_status':201}",
        "{'acl':['private']}",
        "[]",
        "['eq','$key']",
        "['eq','key','a']",
        "['eq','$','a']",
        "['eq','$key','a','b']",
        "['eq','$key',1]",
        "['ends-with','$key','a']",
        "['content-length-range',0]",
        "['content-length-range',-1,0]",
        "['content-length-range',2,1]",
        "['content-length-range',0,1.5]",
        "['content-length-range',0,1,2]",
        "['content-length-range',0,9999999999999999999]",
        "[[[['eq','$key','a']]]]",
      })
  void whatIsNoConditionIsRefused(String condition) {
    assertThat(refused(() -> of(condition))).isEqualTo(S3ErrorCode.INVALID_POLICY_DOCUMENT);
  }

  @Test
  void whatIsNoBase64IsRefused() {
    assertThat(refused(() -> PostPolicy.parse("AWS4-HMAC-SHA256")))
        .isEqualTo(S3ErrorCode.INVALID_POLICY_DOCUMENT);
    assertThat(refused(() -> PostPolicy.parse(""))).isEqualTo(S3ErrorCode.INVALID_POLICY_DOCUMENT);
  }

  private static S3ErrorCode refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    S3Exception refusal = catchThrowableOfType(S3Exception.class, call);
    assertThat(refusal).isNotNull();
    return refusal.code();
  }
}
