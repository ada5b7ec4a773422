package io.sluice.operation.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GetObject and HeadObject. */
class ReadTest {
  private static final String DIGITS = "0123456789";
  private static final String ETAG = "\"781e5e245d69b566979b86e28d23f2c7\"";

  private RequestFixture gateway;

  @BeforeEach
  void putDigits() throws IOException {
    gateway = RequestFixture.withBucket();
    gateway.sendBody(DIGITS, "PUT /bucket/key");
  }

  @Test
  void theWholeObject() throws IOException {
    Answer answer = gateway.send("GET /bucket/key");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(DIGITS);
    assertThat(answer.headers())
        .containsEntry("ETag", ETAG)
        .containsEntry("Accept-Ranges", "bytes")
        .containsEntry("Content-Type", "binary/octet-stream")
        .containsKey("Last-Modified")
        .doesNotContainKeys("Content-Range", "x-amz-version-id", "x-amz-storage-class");
  }

  @Test
  void headAnswersAsGetWithoutTheBytes() throws IOException {
    Answer answer = gateway.send("HEAD /bucket/key");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers())
        .containsEntry("Content-Length", "10")
        .containsAllEntriesOf(gateway.send("GET /bucket/key").headers());
  }

  @ParameterizedTest(name = "RFC 9110, 14.1.2: {0}")
  @CsvSource({
    "bytes=0-0, 0, bytes 0-0/10",
    "bytes=2-4, 234, bytes 2-4/10",
    "bytes=7-, 789, bytes 7-9/10",
    "bytes=7-99, 789, bytes 7-9/10",
    "bytes=-3, 789, bytes 7-9/10",
    "bytes=-99, 0123456789, bytes 0-9/10",
    "bytes=0-18446744073709551616, 0123456789, bytes 0-9/10"
  })
  void aRange(String range, String body, String contentRange) throws IOException {
    Answer answer = gateway.send("GET /bucket/key", "Range: " + range);
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
    Answer head = gateway.send("HEAD /bucket/key", "Range: " + range);
    assertThat(head.status()).isEqualTo(206);
    assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(body.length()));
    assertThat(head.header("Content-Range")).isEqualTo(contentRange);
  }

  @ParameterizedTest(name = "RFC 9110, 14.2: {0} is ignored")
  @ValueSource(strings = {"bytes=4-2", "bytes=a-b", "bytes=-", "lines=0-1", "bytes=0-1,3-4", ""})
  void anInvalidRangeIsIgnored(String range) throws IOException {
    Answer answer = gateway.send("GET /bucket/key", "Range: " + range);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(DIGITS);
  }

  @ParameterizedTest(name = "RFC 9110, 15.5.17: {0}")
  @ValueSource(strings = {"bytes=10-", "bytes=10-11", "bytes=-0"})
  void aRangeBehindTheEnd(String range) {
    S3Exception refusal = gateway.refused("GET /bucket/key", "Range: " + range);
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.INVALID_RANGE);
    assertThat(refusal.headers()).containsEntry("Content-Range", "bytes */10");
  }

  @ParameterizedTest(name = "RFC 9110, 13.2.2: {0}; {1} is {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "If-Match: *; X: 0; 200",
        "If-Match: \"x\", \"781e5e245d69b566979b86e28d23f2c7\"; X: 0; 200",
        "If-Match: 781e5e245d69b566979b86e28d23f2c7; X: 0; 200",
        "If-Match: \"x\"; X: 0; 412",
        "If-None-Match: \"x\"; X: 0; 200",
        "If-None-Match: *; X: 0; 304",
        "If-None-Match: W/\"781e5e245d69b566979b86e28d23f2c7\"; X: 0; 304",
        "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT; X: 0; 304",
        "If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT; X: 0; 200",
        "If-Modified-Since: garbage; X: 0; 200",
        "If-Unmodified-Since: Fri, 01 Jan 2100 00:00:00 GMT; X: 0; 200",
        "If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT; X: 0; 412",
        "If-Match: *; If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT; 200",
        "If-None-Match: \"x\"; If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT; 200"
      })
  void conditions(String first, String second, int status) throws IOException {
    for (String method : new String[] {"GET", "HEAD"}) {
      if (status == 412) {
        assertThat(gateway.refused(method + " /bucket/key", first, second).code())
            .isEqualTo(S3ErrorCode.PRECONDITION_FAILED);
        continue;
      }
      Answer answer = gateway.send(method + " /bucket/key", first, second);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.headers()).containsEntry("ETag", ETAG).containsKey("Last-Modified");
      if (status == 304) {
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers()).doesNotContainKeys("Content-Length", "Content-Type");
      }
    }
  }

  @Test
  void headersOfTheResponseCanBeOverridden() throws IOException {
    Answer answer =
        gateway.send(
            "GET /bucket/key?response-content-type=text%2Fplain"
                + "&response-content-disposition=attachment&response-cache-control=no-store"
                + "&response-expires=never&response-content-language=de"
                + "&response-content-encoding=gzip");
    assertThat(answer.headers())
        .containsEntry("Content-Type", "text/plain")
        .containsEntry("Content-Disposition", "attachment")
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("Expires", "never")
        .containsEntry("Content-Language", "de")
        .containsEntry("Content-Encoding", "gzip");
  }

  @Test
  void anOverrideCannotBeginAnotherHeader() {
    assertThat(gateway.refused("GET /bucket/key?response-content-type=a%0D%0ASet-Cookie:x").code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void theAnonymousOverrideNothing() {
    assertThat(
            gateway
                .as(Identity.ANONYMOUS)
                .refused("GET /bucket/key?response-content-type=a")
                .code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
  }

  @Test
  void checksumsComeWhenAskedForTheWholeObject() throws IOException {
    gateway.sendBody(DIGITS, "PUT /bucket/sum", "x-amz-checksum-crc32: poTHIg==");
    assertThat(gateway.send("GET /bucket/sum").headers()).doesNotContainKey("x-amz-checksum-crc32");
    String mode = "x-amz-checksum-mode: ENABLED";
    assertThat(gateway.send("GET /bucket/sum", mode).headers())
        .containsEntry("x-amz-checksum-type", "FULL_OBJECT")
        .containsKey("x-amz-checksum-crc32");
    assertThat(gateway.send("HEAD /bucket/sum", mode).headers())
        .containsKey("x-amz-checksum-crc32");
    assertThat(gateway.send("GET /bucket/sum", mode, "Range: bytes=1-2").headers())
        .doesNotContainKey("x-amz-checksum-crc32");
    assertThat(
            gateway.send("GET /bucket/sum?X-Amz-Signature=s&X-Amz-Checksum-Mode=ENABLED").headers())
        .containsKey("x-amz-checksum-crc32");
  }

  @Test
  void thePartOfASimpleObjectIsAllOfIt() throws IOException {
    Answer answer = gateway.send("GET /bucket/key?partNumber=1");
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(DIGITS);
    assertThat(answer.headers())
        .containsEntry("Content-Range", "bytes 0-9/10")
        .doesNotContainKey("x-amz-mp-parts-count");
  }

  @ParameterizedTest
  @CsvSource({
    "partNumber=2, INVALID_PART_NUMBER",
    "partNumber=0, INVALID_ARGUMENT",
    "partNumber=10001, INVALID_ARGUMENT",
    "partNumber=x, INVALID_ARGUMENT",
    "versionId=, INVALID_ARGUMENT"
  })
  void refusedParameters(String query, S3ErrorCode code) {
    assertThat(gateway.refused("GET /bucket/key?" + query).code()).isEqualTo(code);
  }

  @Test
  void aRangeOfAPartIsRefused() {
    assertThat(gateway.refused("GET /bucket/key?partNumber=1", "Range: bytes=0-1").code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
  }

  @Test
  void whatIsNotThere() {
    assertThat(gateway.refused("GET /bucket/other").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
    assertThat(gateway.refused("HEAD /bucket/other").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
    assertThat(gateway.refused("GET /other/key").code()).isEqualTo(S3ErrorCode.NO_SUCH_BUCKET);
  }

  @Test
  void attributes() throws IOException {
    Answer answer =
        gateway.send(
            "GET /bucket/key?attributes",
            "x-amz-object-attributes: ETag,ObjectSize",
            "x-amz-object-attributes: StorageClass, Checksum, ObjectParts");
    assertThat(answer.element("ETag")).isEqualTo(ETAG.replace("\"", ""));
    assertThat(answer.element("ObjectSize")).isEqualTo("10");
    assertThat(answer.element("StorageClass")).isEqualTo("STANDARD");
    assertThat(answer.element("ChecksumType")).isEqualTo("FULL_OBJECT");
    assertThat(answer.element("ChecksumCRC64NVME")).isNotNull();
    assertThat(answer.element("ObjectParts")).isNull();
  }

  @Test
  void attributesMustBeNamedAndKnown() {
    assertThat(gateway.refused("GET /bucket/key?attributes").code())
        .isEqualTo(S3ErrorCode.INVALID_REQUEST);
    assertThat(
            gateway.refused("GET /bucket/key?attributes", "x-amz-object-attributes: Name").code())
        .isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
  }
}
