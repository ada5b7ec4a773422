package io.sluice.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.storage.NotModifiedException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.statistics.Statistics;

/**
 * Parameters and headers that clients get wrong: an answer or the client's error, never a failure
 * of the gateway's.
 */
class RequestFuzzTest {
  /** Requests; the mark stands for a value that may be anything. */
  private static final List<String> LINES =
      List.of(
          "GET /?max-buckets=%s&prefix=a",
          "GET /?continuation-token=%s",
          "GET /?bucket-region=%s",
          "GET /bucket?prefix=%s&delimiter=/",
          "GET /bucket?delimiter=%s",
          "GET /bucket?marker=%s",
          "GET /bucket?max-keys=%s",
          "GET /bucket?encoding-type=%s",
          "GET /bucket?list-type=2&start-after=%s",
          "GET /bucket?list-type=2&continuation-token=%s",
          "GET /bucket?list-type=2&fetch-owner=%s",
          "GET /bucket?list-type=%s",
          "GET /bucket?versions&key-marker=%s",
          "GET /bucket?versions&key-marker=k&version-id-marker=%s",
          "GET /bucket?uploads&key-marker=k&upload-id-marker=%s",
          "GET /bucket?uploads&max-uploads=%s",
          "GET /bucket/k",
          "GET /bucket/k?versionId=%s",
          "GET /bucket/k?partNumber=%s",
          "GET /bucket/k?response-content-type=%s",
          "GET /bucket/k?response-expires=%s",
          "GET /bucket/k?attributes",
          "GET /bucket/%s",
          "GET /%s",
          "GET /bucket/k?uploadId=%s",
          "GET /bucket/k?uploadId=x&part-number-marker=%s",
          "HEAD /bucket/k",
          "HEAD /bucket/k?versionId=%s",
          "HEAD /bucket",
          "PUT /bucket/k",
          "PUT /bucket/%s",
          "PUT /%s",
          "PUT /bucket/k?partNumber=%s&uploadId=x",
          "PUT /bucket/k?partNumber=1&uploadId=%s",
          "PUT /bucket/k?renameObject",
          "PUT /bucket/k?tagging&versionId=%s",
          "PUT /bucket/k?annotation&annotationName=%s",
          "POST /bucket/k?uploads",
          "POST /bucket/k?uploadId=%s",
          "POST /bucket/k?select&select-type=%s",
          "POST /bucket?delete",
          "DELETE /bucket/k?versionId=%s",
          "DELETE /bucket/k?tagging&versionId=%s",
          "DELETE /bucket/k?uploadId=%s",
          "DELETE /bucket/absent");

  private static final List<String> HEADERS =
      List.of(
          "Range",
          "If-Match",
          "If-None-Match",
          "If-Modified-Since",
          "If-Unmodified-Since",
          "Content-MD5",
          "Content-Type",
          "Content-Encoding",
          "Cache-Control",
          "Expires",
          "x-amz-acl",
          "x-amz-bucket-object-lock-enabled",
          "x-amz-bypass-governance-retention",
          "x-amz-checksum-algorithm",
          "x-amz-checksum-crc32",
          "x-amz-checksum-crc64nvme",
          "x-amz-checksum-sha256",
          "x-amz-checksum-mode",
          "x-amz-checksum-type",
          "x-amz-copy-source",
          "x-amz-copy-source-if-match",
          "x-amz-copy-source-if-modified-since",
          "x-amz-copy-source-range",
          "x-amz-copy-source-server-side-encryption-customer-key",
          "x-amz-expected-bucket-owner",
          "x-amz-grant-read",
          "x-amz-grant-full-control",
          "x-amz-if-match-last-modified-time",
          "x-amz-if-match-size",
          "x-amz-max-parts",
          "x-amz-meta-a",
          "x-amz-metadata-directive",
          "x-amz-mfa",
          "x-amz-mp-object-size",
          "x-amz-object-attributes",
          "x-amz-object-lock-legal-hold",
          "x-amz-object-lock-mode",
          "x-amz-object-lock-retain-until-date",
          "x-amz-object-ownership",
          "x-amz-optional-object-attributes",
          "x-amz-part-number-marker",
          "x-amz-rename-source",
          "x-amz-rename-source-if-match",
          "x-amz-client-token",
          "x-amz-request-payer",
          "x-amz-sdk-checksum-algorithm",
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-bucket-key-enabled",
          "x-amz-server-side-encryption-context",
          "x-amz-server-side-encryption-customer-algorithm",
          "x-amz-server-side-encryption-customer-key",
          "x-amz-server-side-encryption-customer-key-MD5",
          "x-amz-source-expected-bucket-owner",
          "x-amz-storage-class",
          "x-amz-tagging",
          "x-amz-tagging-directive",
          "x-amz-website-redirect-location",
          "x-amz-write-offset-bytes",
          "x-amz-transition-default-minimum-object-size",
          "x-amz-unknown");

  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "0",
          "1",
          "-1",
          "+1",
          "10001",
          "2147483648",
          "9223372036854775808",
          "1e3",
          "0x10",
          "\u0661",
          "null",
          "true",
          "TRUE",
          "*",
          "\"",
          "\"a\"",
          "W/\"a\"",
          "\"a\", \"b\"",
          "bytes=0-0",
          "bytes=-",
          "bytes=5-2",
          "bytes=-0",
          "bytes=0-1,3-4",
          "bytes=0-99999999999999999999",
          "Mon, 23 Nov 2026 00:00:00 GMT",
          "2026-11-23T00:00:00Z",
          "2026-13-23T00:00:00Z",
          "+292278994-08-17T07:12:55.807Z",
          "/bucket/k",
          "bucket/k?versionId=null",
          "bucket",
          "/",
          "%",
          "%zz",
          "bucket/%ff",
          "bucket/..%2F..%2Fetc",
          "../../etc/passwd",
          "a=b&a=b",
          "a=%zz",
          "id=\"x\"",
          "id=\"" + "a".repeat(64) + "\"",
          "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"",
          "private",
          "public-read",
          "COPY",
          "REPLACE",
          "AES256",
          "aws:kms",
          "e30=",
          "AAAAAA==",
          "1B2M2Y8AsgTpgAmY7PhCfg==",
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
          "CRC32",
          "CRC64NVME",
          "COMPOSITE",
          "FULL_OBJECT",
          "ENABLED",
          "GOVERNANCE",
          "ON",
          "STANDARD",
          "GLACIER",
          "ETag,ObjectParts",
          "\u00fc",
          "\u0007",
          "\ud83d\ude00",
          "x".repeat(1025),
          "x".repeat(9000),
          "=".repeat(30));

  private RequestFixture gateway = new RequestFixture();

  @BeforeProperty
  void prepare() throws IOException {
    gateway = RequestFixture.withBucket();
    gateway.sendBody("content", "PUT /bucket/k");
  }

  @Property(tries = 30_000)
  void nothingIsAFailure(@ForAll("requests") Wrong wrong) {
    String line =
        wrong.line().replace("%s", URLEncoder.encode(wrong.value(), StandardCharsets.UTF_8));
    String[] headers = wrong.headers().toArray(String[]::new);
    String outcome = "answered";
    try {
      assertThat(gateway.sendBody(wrong.body(), line, headers).status()).isBetween(200, 399);
    } catch (NotModifiedException e) {
      outcome = "answered";
    } catch (S3Exception e) {
      outcome = "refused";
      if (e.code() != S3ErrorCode.NOT_IMPLEMENTED) {
        assertThat(e.code().status()).as(wrong.toString()).isBetween(400, 499);
      }
    } catch (RuntimeException | IOException e) {
      fail(wrong.toString(), e);
    }
    Statistics.collect(outcome);
    Statistics.coverage(
        coverage -> {
          coverage.check("answered").percentage(share -> share > 10);
          coverage.check("refused").percentage(share -> share > 40);
        });
  }

  /** A request with something in it that may be wrong. */
  record Wrong(String line, String value, List<String> headers, String body) {}

  @Provide
  Arbitrary<Wrong> requests() {
    Arbitrary<String> values = Arbitraries.of(VALUES);
    Arbitrary<String> header =
        Combinators.combine(Arbitraries.of(HEADERS), values)
            .as((name, value) -> name + ": " + value);
    Arbitrary<List<String>> headers = header.list().ofMaxSize(3).map(RequestFuzzTest::oncePerName);
    return Combinators.combine(
            Arbitraries.of(LINES), values, headers, Arbitraries.of("", "body", "<Delete/>"))
        .as(Wrong::new);
  }

  private static List<String> oncePerName(List<String> lines) {
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      String name = line.substring(0, line.indexOf(':'));
      if (kept.stream().noneMatch(other -> other.startsWith(name + ":"))) {
        kept.add(line);
      }
    }
    return kept;
  }
}
