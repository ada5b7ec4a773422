package io.sluice.iam.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each operator with what a request has, several values separated by semicolons. */
class ConditionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          StringEquals | aws:UserAgent | "a" | a | true
          StringEquals | aws:UserAgent | "a" | A | false
          StringEquals | aws:useragent | ["b","a"] | a | true
          StringEquals | aws:UserAgent | "a*" | ab | false
          StringEquals | aws:UserAgent | "a" | - | false
          StringEqualsIfExists | aws:UserAgent | "a" | - | true
          StringEqualsIfExists | aws:UserAgent | "a" | b | false
          StringNotEquals | aws:UserAgent | ["a","b"] | b | false
          StringNotEquals | aws:UserAgent | ["a","b"] | c | true
          StringNotEquals | aws:UserAgent | "a" | - | true
          StringEqualsIgnoreCase | aws:UserAgent | "aB" | Ab | true
          StringNotEqualsIgnoreCase | aws:UserAgent | "aB" | Ab | false
          StringLike | aws:UserAgent | "a*c?" | abbcd | true
          StringLike | aws:UserAgent | "a*c?" | abbc | false
          StringLike | aws:UserAgent | "*" | x | true
          StringLike | aws:UserAgent | "${*}" | x | false
          StringLike | aws:UserAgent | "${*}" | * | true
          StringNotLike | aws:UserAgent | "a*" | b | true
          StringNotLike | aws:UserAgent | "a*" | - | true
          StringEquals | aws:UserAgent | "${aws:username}" | ada | true
          StringEquals | aws:UserAgent | "${aws:Referer}" | ada | false
          StringEquals | aws:UserAgent | "${aws:Referer, 'x'}" | x | true
          NumericEquals | s3:signatureAge | "10" | 10 | true
          NumericEquals | s3:signatureAge | 10 | 10.0 | true
          NumericNotEquals | s3:signatureAge | "10" | 11 | true
          NumericLessThan | s3:signatureAge | "10" | 10 | false
          NumericLessThanEquals | s3:signatureAge | "10" | 10 | true
          NumericGreaterThan | s3:signatureAge | "10" | 11 | true
          NumericGreaterThanEquals | s3:signatureAge | "10" | 9 | false
          NumericLessThan | s3:signatureAge | "10" | x | false
          NumericLessThan | s3:signatureAge | "10" | - | false
          DateEquals | aws:CurrentTime | "2026-01-02T03:04:05Z" | 2026-01-02T04:04:05+01:00 | true
          DateNotEquals | aws:CurrentTime | "2026-01-02T03:04:05Z" | 2026-01-02T03:04:05Z | false
          DateLessThan | aws:CurrentTime | "2026-01-02" | 2026-01-01T23:59:59Z | true
          DateLessThanEquals | aws:CurrentTime | "2026-01-02T00:00Z" | 2026-01-02T00:00:00Z | true
          DateGreaterThan | aws:EpochTime | "1767225600" | 1767225601 | true
          DateGreaterThanEquals | aws:CurrentTime | "1767225600" | 2025-12-31T23:59:59Z | false
          Bool | aws:SecureTransport | "true" | true | true
          Bool | aws:SecureTransport | false | true | false
          Bool | aws:SecureTransport | "false" | - | false
          BoolIfExists | aws:SecureTransport | "false" | - | true
          BinaryEquals | aws:UserAgent | "w6Q=" | ä | true
          BinaryEquals | aws:UserAgent | "w6Q=" | a | false
          IpAddress | aws:SourceIp | "10.1.0.0/16" | 10.1.255.255 | true
          IpAddress | aws:SourceIp | "10.1.0.0/15" | 10.2.0.0 | false
          IpAddress | aws:SourceIp | "10.1.2.3" | 10.1.2.3 | true
          IpAddress | aws:SourceIp | ["2001:db8::/33","::1"] | 2001:db8:7fff::1 | true
          IpAddress | aws:SourceIp | "2001:db8::/33" | 2001:db8:8000::1 | false
          IpAddress | aws:SourceIp | "0.0.0.0/0" | ::1 | false
          NotIpAddress | aws:SourceIp | "10.0.0.0/8" | 11.0.0.1 | true
          NotIpAddress | aws:SourceIp | ["10.0.0.0/8","11.0.0.0/8"] | 11.0.0.1 | false
          ArnEquals | aws:PrincipalArn | "arn:aws:iam::*:user/a*" | arn:aws:iam::111122223333:user/ada | true
          ArnEquals | aws:PrincipalArn | "arn:aws:*:user/ada:*:*" | arn:aws:iam::111122223333:user/ada | false
          ArnLike | aws:PrincipalArn | "arn:aws:iam::111122223333:user/${aws:username}" | arn:aws:iam::111122223333:user/ada | true
          ArnNotLike | aws:PrincipalArn | "arn:aws:iam::*:root" | arn:aws:iam::111122223333:user/ada | true
          ArnNotEquals | aws:PrincipalArn | "arn:aws:iam::*:user/*" | arn:aws:iam::111122223333:user/ada | false
          Null | aws:Referer | "true" | - | true
          Null | aws:Referer | "false" | - | false
          Null | aws:Referer | "false" | x | true
          Null | aws:Referer | true | x | false
          ForAllValues:StringEquals | s3:RequestObjectTagKeys | ["a","b"] | a;b | true
          ForAllValues:StringEquals | s3:RequestObjectTagKeys | ["a","b"] | a;c | false
          ForAllValues:StringEquals | s3:RequestObjectTagKeys | ["a","b"] | - | true
          ForAllValues:StringNotEquals | s3:RequestObjectTagKeys | ["a","b"] | c;d | true
          ForAllValues:StringNotEquals | s3:RequestObjectTagKeys | ["a","b"] | c;a | false
          ForAnyValue:StringEquals | s3:RequestObjectTagKeys | ["a","b"] | c;b | true
          ForAnyValue:StringEquals | s3:RequestObjectTagKeys | ["a","b"] | c;d | false
          ForAnyValue:StringEquals | s3:RequestObjectTagKeys | ["a","b"] | - | false
          ForAnyValue:StringNotEquals | s3:RequestObjectTagKeys | ["a","b"] | a;c | true
          ForAnyValue:StringNotEquals | s3:RequestObjectTagKeys | ["a","b"] | a;b | false
          ForAnyValue:StringNotEquals | s3:RequestObjectTagKeys | ["a","b"] | - | false
          ForAnyValue:StringLike | s3:RequestObjectTagKeys | "x*" | y;xy | true
          StringEquals | s3:ExistingObjectTag/Team | "a" | a | true
          """)
  void operatorsHold(String operator, String key, String values, String given, boolean holds)
      throws IOException {
    assertThat(holds(operator, key, values, given, "Allow")).isEqualTo(holds);
    assertThat(holds(operator, key, values, given, "Deny")).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({"Allow,false", "Deny,true"})
  void aNegationOfTheUnknownRefuses(String effect, boolean holds) throws IOException {
    assertThat(holds("StringNotEquals", "aws:UserAgent", "\"${aws:Referer}\"", "a", effect))
        .isEqualTo(holds);
  }

  private static boolean holds(
      String operator, String key, String values, String given, String effect) throws IOException {
    String json =
        """
        {"Version":"2012-10-17","Statement":{"Effect":"%s","Principal":"*","Action":"s3:*",
         "Resource":"arn:aws:s3:::bucket/*","Condition":{"%s":{"%s":%s}}}}"""
            .formatted(effect, operator, key, values);
    Policy policy = Policy.ofBucket(json.getBytes(UTF_8), "bucket");
    String name = ConditionKey.parse(key).name();
    List<String> present = given == null ? List.of() : Arrays.asList(given.split(";"));
    ConditionContext context =
        asked ->
            asked.equals(name)
                ? present
                : asked.equals("aws:username") ? List.of("ada") : List.of();
    PolicyRequest request =
        new PolicyRequest(Requester.ANONYMOUS, "s3:GetObject", "arn:aws:s3:::bucket/key", context);
    return effect.equals("Deny")
        ? policy.denying(request).isPresent()
        : policy.allowing(request) != null;
  }
}
