package io.sluice.operation.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyObjectTest {
  private static final String SOURCE = "x-amz-copy-source: /bucket/key";

  private RequestFixture gateway;
  private String etag;

  @BeforeEach
  void putSource() throws IOException {
    gateway = RequestFixture.withBucket();
    Answer put =
        gateway.sendBody(
            "text",
            "PUT /bucket/key",
            "Content-Type: text/plain",
            "x-amz-meta-a: 1",
            "x-amz-tagging: t=1",
            "x-amz-storage-class: STANDARD_IA",
            "x-amz-website-redirect-location: /x");
    etag = put.headers().get("ETag");
  }

  @Test
  void takesOverMetadataAndTagsButNotClassOrRedirect() throws IOException {
    Answer answer = gateway.send("PUT /bucket/copy", SOURCE, "x-amz-meta-b: ignored");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.element("ETag")).isEqualTo(etag.replace("\"", "&quot;"));
    assertThat(answer.element("LastModified")).matches("\\d{4}-\\d\\d-\\d\\dT.*\\.\\d{3}Z");
    Answer copy = gateway.send("GET /bucket/copy");
    assertThat(copy.body()).isEqualTo("text");
    assertThat(copy.headers())
        .containsEntry("Content-Type", "text/plain")
        .containsEntry("x-amz-meta-a", "1")
        .containsEntry("x-amz-tagging-count", "1")
        .doesNotContainKeys(
            "x-amz-meta-b", "x-amz-storage-class", "x-amz-website-redirect-location");
  }

  @Test
  void theClassAndRedirectAreTheRequests() throws IOException {
    gateway.send(
        "PUT /bucket/key",
        SOURCE,
        "x-amz-storage-class: ONEZONE_IA",
        "x-amz-website-redirect-location: /y");
    assertThat(gateway.send("HEAD /bucket/key").headers())
        .containsEntry("x-amz-storage-class", "ONEZONE_IA")
        .containsEntry("x-amz-website-redirect-location", "/y")
        .containsEntry("x-amz-meta-a", "1");
  }

  @Test
  void replacesMetadataAndTags() throws IOException {
    gateway.send(
        "PUT /bucket/copy",
        SOURCE,
        "x-amz-metadata-directive: REPLACE",
        "x-amz-tagging-directive: REPLACE",
        "x-amz-meta-b: 2",
        "x-amz-tagging: t=1&u=2");
    assertThat(gateway.send("HEAD /bucket/copy").headers())
        .containsEntry("x-amz-meta-b", "2")
        .containsEntry("x-amz-tagging-count", "2")
        .containsEntry("Content-Type", "binary/octet-stream")
        .doesNotContainKey("x-amz-meta-a");
  }

  @Test
  void ontoItselfOnlyWithAChange() throws IOException {
    assertThat(gateway.refused("PUT /bucket/key", SOURCE).message())
        .startsWith("This copy request is illegal");
    gateway.send("PUT /bucket/key", SOURCE, "x-amz-metadata-directive: REPLACE", "x-amz-meta-b: 2");
    assertThat(gateway.send("HEAD /bucket/key").headers())
        .containsEntry("x-amz-meta-b", "2")
        .doesNotContainKey("x-amz-meta-a");
  }

  @Test
  void withAnotherChecksum() throws IOException {
    Answer answer = gateway.send("PUT /bucket/copy", SOURCE, "x-amz-checksum-algorithm: SHA256");
    assertThat(answer.element("ChecksumSHA256")).isNotNull();
    assertThat(answer.element("ChecksumType")).isEqualTo("FULL_OBJECT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-amz-copy-source-if-match: *",
        "x-amz-copy-source-if-none-match: \"x\"",
        "x-amz-copy-source-if-modified-since: Sat, 01 Jan 2000 00:00:00 GMT",
        "x-amz-copy-source-if-unmodified-since: Fri, 01 Jan 2100 00:00:00 GMT",
        "If-None-Match: *"
      })
  void conditionsThatHold(String condition) throws IOException {
    assertThat(gateway.send("PUT /bucket/copy", SOURCE, condition).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-copy-source-if-match: \"x\", PRECONDITION_FAILED",
    "x-amz-copy-source-if-none-match: *, PRECONDITION_FAILED",
    "x-amz-metadata-directive: NONE, INVALID_ARGUMENT",
    "x-amz-tagging-directive: replace, INVALID_ARGUMENT",
    "x-amz-checksum-algorithm: CRC7, INVALID_REQUEST",
    "If-Match: \"x\", NO_SUCH_KEY"
  })
  void refusedHeaders(String header, S3ErrorCode code) {
    assertThat(gateway.refused("PUT /bucket/copy", SOURCE, header).code()).isEqualTo(code);
    assertThat(gateway.refused("GET /bucket/copy").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "/bucket/other, NO_SUCH_KEY",
    "other/key, NO_SUCH_BUCKET",
    "bucket, INVALID_ARGUMENT",
    "bucket/, INVALID_ARGUMENT",
    "bucket/key?versionId=, INVALID_ARGUMENT",
    "bucket/key?versionId=unknown, NO_SUCH_VERSION",
    "arn:aws:s3:us-east-1:1:accesspoint/x/object/key, NOT_IMPLEMENTED"
  })
  void refusedSources(String source, S3ErrorCode code) {
    assertThat(gateway.refused("PUT /bucket/copy", "x-amz-copy-source: " + source).code())
        .isEqualTo(code);
  }

  @Test
  void ofAVersion() throws IOException {
    gateway.sendBody(
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
        "PUT /bucket?versioning");
    String first = gateway.sendBody("1", "PUT /bucket/v").headers().get("x-amz-version-id");
    gateway.sendBody("2", "PUT /bucket/v");
    Answer answer = gateway.send("PUT /bucket/v", "x-amz-copy-source: bucket/v?versionId=" + first);
    assertThat(answer.header("x-amz-copy-source-version-id")).isEqualTo(first);
    assertThat(answer.header("x-amz-version-id")).isNotNull().isNotEqualTo(first);
    assertThat(gateway.send("GET /bucket/v").body()).isEqualTo("1");
  }
}
