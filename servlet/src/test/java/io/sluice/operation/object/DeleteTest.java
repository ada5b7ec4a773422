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

/** DeleteObject and DeleteObjects. */
class DeleteTest {
  private static final String MD5 = "Content-MD5: checked-elsewhere";

  private RequestFixture gateway;

  @BeforeEach
  void putObject() throws IOException {
    gateway = RequestFixture.withBucket();
    gateway.sendBody("text", "PUT /bucket/key");
  }

  @Test
  void deletesAndTwiceIsNoError() throws IOException {
    for (int i = 0; i < 2; i++) {
      Answer answer = gateway.send("DELETE /bucket/key");
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.headers()).doesNotContainKeys("x-amz-delete-marker", "x-amz-version-id");
    }
    assertThat(gateway.refused("GET /bucket/key").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @Test
  void withVersionsAMarkerIsPutAndTakenAway() throws IOException {
    enableVersioning();
    Answer put = gateway.send("DELETE /bucket/key");
    assertThat(put.header("x-amz-delete-marker")).isEqualTo("true");
    String marker = put.headers().get("x-amz-version-id");
    assertThat(gateway.refused("GET /bucket/key").headers())
        .containsEntry("x-amz-delete-marker", "true");
    Answer taken = gateway.send("DELETE /bucket/key?versionId=" + marker);
    assertThat(taken.headers())
        .containsEntry("x-amz-delete-marker", "true")
        .containsEntry("x-amz-version-id", marker);
    assertThat(gateway.send("GET /bucket/key").body()).isEqualTo("text");
  }

  @ParameterizedTest
  @CsvSource({
    "If-Match: \"x\", PRECONDITION_FAILED",
    "x-amz-if-match-size: 5, PRECONDITION_FAILED",
    "x-amz-if-match-size: x, INVALID_ARGUMENT",
    "'x-amz-if-match-last-modified-time: Sat, 01 Jan 2000 00:00:00 GMT', PRECONDITION_FAILED",
    "x-amz-if-match-last-modified-time: x, INVALID_ARGUMENT",
    "If-None-Match: *, NOT_IMPLEMENTED"
  })
  void conditionsThatDoNotHold(String header, S3ErrorCode code) throws IOException {
    assertThat(gateway.refused("DELETE /bucket/key", header).code()).isEqualTo(code);
    assertThat(gateway.send("GET /bucket/key").body()).isEqualTo("text");
  }

  @Test
  void aConditionThatHolds() throws IOException {
    gateway.send("DELETE /bucket/key", "x-amz-if-match-size: 4", "If-Match: *");
    assertThat(gateway.refused("GET /bucket/key").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @Test
  void manyEachByItself() throws IOException {
    gateway.sendBody("text", "PUT /bucket/kept");
    Answer answer =
        gateway.sendBody(
            "<Delete><Object><Key>key</Key></Object><Object><Key>missing</Key></Object>"
                + "<Object><Key>kept</Key><ETag>x</ETag></Object>"
                + "<Object><Key></Key></Object></Delete>",
            "POST /bucket?delete",
            MD5);
    assertThat(answer.body())
        .contains("<Deleted><Key>key</Key></Deleted><Deleted><Key>missing</Key></Deleted>")
        .contains("<Error><Key>kept</Key><Code>PreconditionFailed</Code>");
    assertThat(gateway.send("GET /bucket/kept").body()).isEqualTo("text");
    assertThat(gateway.refused("GET /bucket/key").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @Test
  void quietNamesErrorsAlone() throws IOException {
    Answer answer =
        gateway.sendBody(
            "<Delete><Quiet>true</Quiet><Object><Key>key</Key></Object></Delete>",
            "POST /bucket?delete",
            "x-amz-checksum-crc32: AAAAAA==");
    assertThat(answer.body()).contains("DeleteResult").doesNotContain("<Key>");
  }

  @Test
  void aKeyThatXmlForbidsIsNamedByNumber() throws IOException {
    gateway.sendBody("text", "PUT /bucket/a%01b");
    Answer answer =
        gateway.sendBody(
            "<Delete><Object><Key>a&#x1;b</Key></Object></Delete>", "POST /bucket?delete", MD5);
    assertThat(answer.body()).contains("<Deleted><Key>a&#x1;b</Key></Deleted>");
    assertThat(gateway.refused("GET /bucket/a%01b").code()).isEqualTo(S3ErrorCode.NO_SUCH_KEY);
  }

  @Test
  void versionsAreNamedInTheAnswer() throws IOException {
    enableVersioning();
    String version = gateway.sendBody("2", "PUT /bucket/key").headers().get("x-amz-version-id");
    Answer answer =
        gateway.sendBody(
            "<Delete><Object><Key>key</Key><VersionId>"
                + version
                + "</VersionId></Object><Object><Key>key</Key></Object></Delete>",
            "POST /bucket?delete",
            MD5);
    assertThat(answer.body())
        .contains("<Deleted><Key>key</Key><VersionId>" + version + "</VersionId></Deleted>")
        .contains("<DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>");
  }

  @Test
  void aDigestIsRequired() {
    assertThat(
            gateway
                .refusedBody(
                    "<Delete><Object><Key>key</Key></Object></Delete>", "POST /bucket?delete")
                .message())
        .startsWith("Missing required header for this request: Content-MD5");
  }

  @Test
  void oneToAThousandKeys() throws IOException {
    assertThat(gateway.refusedBody("<Delete/>", "POST /bucket?delete", MD5).code())
        .isEqualTo(S3ErrorCode.MALFORMED_XML);
    String key = "<Object><Key>k</Key></Object>";
    String most = "<Delete>" + key.repeat(1000) + "</Delete>";
    assertThat(gateway.sendBody(most, "POST /bucket?delete", MD5).status()).isEqualTo(200);
    assertThat(
            gateway
                .refusedBody(
                    "<Delete>" + key.repeat(1001) + "</Delete>", "POST /bucket?delete", MD5)
                .code())
        .isEqualTo(S3ErrorCode.MALFORMED_XML);
  }

  private void enableVersioning() throws IOException {
    gateway.sendBody(
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
        "PUT /bucket?versioning");
  }
}
