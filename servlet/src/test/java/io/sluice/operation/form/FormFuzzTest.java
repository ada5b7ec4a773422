package io.sluice.operation.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.statistics.Statistics;

/** Forms that browsers or their authors get wrong: never a failure of the gateway's. */
class FormFuzzTest {
  private static final List<String> NAMES =
      List.of(
          "key",
          "Key",
          "acl",
          "tagging",
          "policy",
          "AWSAccessKeyId",
          "signature",
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-signature",
          "x-amz-security-token",
          "Content-Type",
          "Expires",
          "success_action_redirect",
          "success_action_status",
          "x-amz-meta-a",
          "x-amz-storage-class",
          "x-amz-checksum-crc32",
          "x-amz-checksum-algorithm",
          "x-amz-server-side-encryption",
          "x-amz-website-redirect-location",
          "x-amz-object-lock-mode",
          "x-ignore-a",
          "bucket",
          "submit",
          "",
          "\u00fc");

  private static final List<String> VALUES =
      List.of(
          "",
          "k",
          "a/${filename}",
          "${filename}${filename}",
          "x".repeat(1100),
          "\u0007",
          "\u00fc\ud83d\ude00",
          "public-read",
          "<Tagging/>",
          "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
          "AKIDEXAMPLE",
          "AKIDEXAMPLE/20260102/us-east-1/s3/aws4_request",
          "//////",
          "20260102T030405Z",
          "AWS4-HMAC-SHA256",
          "0".repeat(64),
          "200",
          "201",
          "999",
          "http://example.com/?a=b",
          "javascript:alert(1)",
          "text/plain",
          "AES256",
          "GLACIER",
          "AAAAAA==",
          policy("{}"),
          policy("{\"expiration\":\"2026-01-03T00:00:00Z\",\"conditions\":[]}"),
          policy("{\"expiration\":\"x\",\"conditions\":[[\"eq\",\"$key\"]]}"),
          policy("{\"conditions\":[[\"content-length-range\",5,1e99]]}"),
          policy("[".repeat(500)),
          policy("{\"expiration\":{},\"conditions\":{}}"),
          "!");

  private RequestFixture gateway = new RequestFixture();

  private static String policy(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @BeforeProperty
  void prepare() throws IOException {
    gateway = RequestFixture.withBucket();
    gateway.sendBody(
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::bucket/*\"}}",
        "PUT /bucket?policy");
    gateway.as(Identity.ANONYMOUS);
  }

  @Property(tries = 10_000)
  void nothingIsAFailure(@ForAll("forms") Form form) {
    String outcome = "stored";
    try {
      String type = "Content-Type: multipart/form-data; boundary=" + form.boundary();
      assertThat(gateway.sendBody(form.text(), "POST /bucket", type).status()).isBetween(200, 399);
    } catch (S3Exception e) {
      outcome = "refused";
      if (e.code() != S3ErrorCode.NOT_IMPLEMENTED) {
        assertThat(e.code().status()).as(form.text()).isBetween(400, 499);
      }
    } catch (RuntimeException | IOException e) {
      fail(form.text(), e);
    }
    Statistics.collect(outcome);
    Statistics.coverage(
        coverage -> {
          coverage.check("stored").percentage(share -> share > 3);
          coverage.check("refused").percentage(share -> share > 40);
        });
  }

  /** A form as it is sent. */
  record Form(String boundary, String text) {}

  /** A field, and what stands around it. */
  record Field(String name, String value, String line) {
    String text() {
      return "--bound\r\n" + line.formatted(name) + "\r\n\r\n" + value + "\r\n";
    }
  }

  @Provide
  Arbitrary<Form> forms() {
    String disposition = "Content-Disposition: form-data; name=\"%s\"";
    Arbitrary<String> lines =
        Arbitraries.frequency(
            Tuple.of(12, disposition),
            Tuple.of(1, disposition + "; filename=\"..\\a/b.txt\""),
            Tuple.of(1, "Content-Disposition: attachment; name=%s"),
            Tuple.of(1, "content-disposition:form-data;name*=utf-8''%s"),
            Tuple.of(1, disposition + "\r\nContent-Length: 3"),
            Tuple.of(1, "X-%s"));
    Arbitrary<Field> fields =
        Combinators.combine(Arbitraries.of(NAMES), Arbitraries.of(VALUES), lines).as(Field::new);
    Arbitrary<Field> key =
        Arbitraries.of("k", "a/${filename}", "", "x")
            .map(value -> new Field("key", value, disposition));
    Arbitrary<String> endings =
        Arbitraries.of("--bound--\r\n", "--bound--", "--bound", "", "--bound\r\n", "--other--");
    return Combinators.combine(
            key, fields.list().ofMaxSize(3), endings, Arbitraries.of("bound", "bound", "other"))
        .as(
            (first, others, ending, boundary) -> {
              StringBuilder text = new StringBuilder(first.text());
              others.forEach(field -> text.append(field.text()));
              Field file = new Field("file", "content", disposition + "; filename=\"f.txt\"");
              return new Form(boundary, text.append(file.text()).append(ending).toString());
            });
  }
}
