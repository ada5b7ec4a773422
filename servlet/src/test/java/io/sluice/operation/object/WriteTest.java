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

/** PutObject, and the metadata and tags that come with it. */
class WriteTest {
  private RequestFixture gateway;

  @BeforeEach
  void makeBucket() throws IOException {
    gateway = RequestFixture.withBucket();
  }

  @Test
  void theAnswerHasNoBody() throws IOException {
    Answer answer = gateway.sendBody("text", "PUT /bucket/key");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers())
        .containsEntry("ETag", "\"1cb251ec0d568de6a929b520c4aed8d1\"")
        .containsEntry("x-amz-checksum-type", "FULL_OBJECT")
        .containsKey("x-amz-checksum-crc64nvme")
        .doesNotContainKey("x-amz-version-id");
  }

  @Test
  void systemHeadersComeBackAsSent() throws IOException {
    gateway.sendBody(
        "text",
        "PUT /bucket/key",
        "Content-Type: Text/Plain;  Charset=UTF-8",
        "Cache-Control: max-age=1",
        "Content-Disposition: attachment; filename=\"a b\"",
        "Content-Encoding: gzip,aws-chunked",
        "Content-Language: de",
        "Expires: whenever",
        "x-amz-storage-class: STANDARD_IA",
        "x-amz-website-redirect-location: /other");
    assertThat(gateway.send("HEAD /bucket/key").headers())
        .containsEntry("Content-Type", "Text/Plain;  Charset=UTF-8")
        .containsEntry("Cache-Control", "max-age=1")
        .containsEntry("Content-Disposition", "attachment; filename=\"a b\"")
        .containsEntry("Content-Encoding", "gzip")
        .containsEntry("Content-Language", "de")
        .containsEntry("Expires", "whenever")
        .containsEntry("x-amz-storage-class", "STANDARD_IA")
        .containsEntry("x-amz-website-redirect-location", "/other");
  }

  @Test
  void awsChunkedIsTheTransfersAndNeverStored() throws IOException {
    gateway.sendBody("text", "PUT /bucket/key", "Content-Encoding: AWS-Chunked");
    assertThat(gateway.send("HEAD /bucket/key").headers()).doesNotContainKey("Content-Encoding");
  }

  @Test
  void theStandardClassIsNotEchoed() throws IOException {
    gateway.sendBody("text", "PUT /bucket/key", "x-amz-storage-class: STANDARD");
    assertThat(gateway.send("HEAD /bucket/key").headers()).doesNotContainKey("x-amz-storage-class");
  }

  @ParameterizedTest(name = "RFC 2047: {0} comes back as {1}")
  @CsvSource({
    "plain text, plain text",
    "grün, =?UTF-8?B?Z3LDvG4=?=",
    "=?UTF-8?B?Z3LDvG4=?=, =?UTF-8?B?Z3LDvG4=?=",
    "=?utf-8?q?gr=C3=BCn?=, =?UTF-8?B?Z3LDvG4=?=",
    "=?ISO-8859-1?Q?gr=FCn_x?=, =?UTF-8?B?Z3LDvG4geA==?=",
    "=?UTF-8?Q?plain?=, plain",
    "=?nonsense?B?!!?=, =?nonsense?B?!!?="
  })
  void userMetadata(String sent, String returned) throws IOException {
    gateway.sendBody("text", "PUT /bucket/key", "X-Amz-Meta-My_Key: " + sent);
    assertThat(gateway.send("HEAD /bucket/key").headers())
        .containsEntry("x-amz-meta-my_key", returned);
  }

  @Test
  void repeatedUserMetadataIsJoined() throws IOException {
    gateway.sendBody("text", "PUT /bucket/key", "x-amz-meta-a: 1", "x-amz-meta-a: 2");
    assertThat(gateway.send("HEAD /bucket/key").header("x-amz-meta-a")).isEqualTo("1,2");
  }

  @Test
  void metadataInAPresignedQueryIsKept() throws IOException {
    gateway.sendBody("text", "PUT /bucket/key?X-Amz-Signature=s&x-amz-meta-a=gr%C3%BCn");
    assertThat(gateway.send("HEAD /bucket/key").header("x-amz-meta-a"))
        .isEqualTo("=?UTF-8?B?Z3LDvG4=?=");
  }

  @Test
  void userMetadataHasTwoKilobytes() throws IOException {
    String value = "v".repeat(2047);
    assertThat(gateway.sendBody("", "PUT /bucket/key", "x-amz-meta-a: " + value).status())
        .isEqualTo(200);
    assertThat(gateway.refused("PUT /bucket/key", "x-amz-meta-ab: " + value).code())
        .isEqualTo(S3ErrorCode.METADATA_TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-storage-class: FAST, INVALID_STORAGE_CLASS",
    "x-amz-storage-class: glacier, INVALID_STORAGE_CLASS",
    "x-amz-website-redirect-location: other, INVALID_REQUEST",
    "If-None-Match: \"x\", NOT_IMPLEMENTED",
    "If-Modified-Since: x, NOT_IMPLEMENTED",
    "If-Match: \"x\", NO_SUCH_KEY",
    "Content-Length: , MISSING_CONTENT_LENGTH",
    "Content-Length: 5368709121, ENTITY_TOO_LARGE",
    "x-amz-tagging: a=1&a=2, INVALID_TAG",
    "x-amz-tagging: aws:a=1, INVALID_TAG",
    "x-amz-tagging: =1, INVALID_TAG",
    "x-amz-tagging: a&b&c&d&e&f&g&h&i&j&k, BAD_REQUEST"
  })
  void refusedHeaders(String header, S3ErrorCode code) {
    assertThat(gateway.refused("PUT /bucket/key", header).code()).isEqualTo(code);
    assertThat(gateway.refused("GET /bucket/key").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @Test
  void conditionsOfAWrite() throws IOException {
    String etag = gateway.sendBody("1", "PUT /bucket/key", "If-None-Match: *").header("ETag");
    assertThat(gateway.refused("PUT /bucket/key", "If-None-Match: *").code())
        .isEqualTo(S3ErrorCode.PRECONDITION_FAILED);
    assertThat(gateway.refused("PUT /bucket/key", "If-Match: \"x\"").code())
        .isEqualTo(S3ErrorCode.PRECONDITION_FAILED);
    gateway.sendBody("2", "PUT /bucket/key", "If-Match: " + etag);
    assertThat(gateway.send("GET /bucket/key").body()).isEqualTo("2");
  }

  @Test
  void tagsComeWithTheObject() throws IOException {
    gateway.sendBody("text", "PUT /bucket/key", "x-amz-tagging: a=1&b%20c=%C3%BC&d");
    assertThat(gateway.send("GET /bucket/key").header("x-amz-tagging-count")).isEqualTo("3");
    assertThat(gateway.send("GET /bucket/key?tagging").element("TagSet"))
        .isEqualTo(
            "<Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b c</Key><Value>ü</Value></Tag>"
                + "<Tag><Key>d</Key><Value></Value></Tag>");
  }

  @Test
  void tagsAreReplacedAndRemoved() throws IOException {
    gateway.sendBody("text", "PUT /bucket/key", "x-amz-tagging: a=1");
    String document = "<Tagging><TagSet><Tag><Key>x</Key><Value>y</Value></Tag></TagSet></Tagging>";
    assertThat(gateway.sendBody(document, "PUT /bucket/key?tagging").status()).isEqualTo(200);
    assertThat(gateway.send("GET /bucket/key?tagging").element("TagSet"))
        .isEqualTo("<Tag><Key>x</Key><Value>y</Value></Tag>");
    assertThat(gateway.send("DELETE /bucket/key?tagging").status()).isEqualTo(204);
    Answer none = gateway.send("GET /bucket/key?tagging");
    assertThat(none.status()).isEqualTo(200);
    assertThat(none.body()).contains("TagSet").doesNotContain("Key");
    assertThat(gateway.send("HEAD /bucket/key").headers()).doesNotContainKey("x-amz-tagging-count");
  }

  @Test
  void anEmptySetOfTagsIsOne() throws IOException {
    assertThat(
            gateway.refusedBody("<Tagging><TagSet/></Tagging>", "PUT /bucket/key?tagging").code())
        .isEqualTo(S3ErrorCode.NO_SUCH_KEY);
    gateway.sendBody("text", "PUT /bucket/key", "x-amz-tagging: a=1");
    gateway.sendBody("<Tagging><TagSet/></Tagging>", "PUT /bucket/key?tagging");
    assertThat(gateway.send("HEAD /bucket/key").headers()).doesNotContainKey("x-amz-tagging-count");
    assertThat(gateway.refusedBody("<Tagging/>", "PUT /bucket/key?tagging").code())
        .isEqualTo(S3ErrorCode.MALFORMED_XML);
  }
}
