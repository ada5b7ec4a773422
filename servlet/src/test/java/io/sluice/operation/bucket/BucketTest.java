package io.sluice.operation.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.S3ErrorCode;
import io.sluice.operation.Answer;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of a bucket, its place and its versioning. */
class BucketTest {
  private final RequestFixture gateway = new RequestFixture();

  @Test
  void isCreatedOnce() throws IOException {
    Answer answer = gateway.send("PUT /bucket");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Location")).isEqualTo("/bucket");
    assertThat(answer.body()).isEmpty();
    assertThat(gateway.refused("PUT /bucket").code())
        .isEqualTo(S3ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU);
  }

  @Test
  void livesWhereItWasAskedTo() throws IOException {
    gateway.sendBody(create("eu-central-1"), "PUT /bucket");
    assertThat(gateway.send("GET /bucket?location").body())
        .endsWith(
            "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">eu-central-1"
                + "</LocationConstraint>");
    Answer head = gateway.send("HEAD /bucket");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers())
        .containsEntry("x-amz-bucket-region", "eu-central-1")
        .containsEntry("x-amz-access-point-alias", "false");
  }

  @Test
  void theFirstRegionHasNoName() throws IOException {
    gateway.send("PUT /bucket");
    Answer answer = gateway.send("GET /bucket?location");
    assertThat(answer.body()).contains("LocationConstraint xmlns=").doesNotContain("us-east-1");
    assertThat(gateway.send("HEAD /bucket").header("x-amz-bucket-region")).isEqualTo("us-east-1");
  }

  @ParameterizedTest
  @CsvSource({
    "<CreateBucketConfiguration>, MALFORMED_XML",
    "<Other/>, MALFORMED_XML",
    "<CreateBucketConfiguration><LocationConstraint>a b</LocationConstraint>"
        + "</CreateBucketConfiguration>, INVALID_LOCATION_CONSTRAINT",
    "<CreateBucketConfiguration><Location><Name>x</Name></Location>"
        + "</CreateBucketConfiguration>, NOT_IMPLEMENTED",
    "<CreateBucketConfiguration><Tags><Tag><Key>k</Key></Tag></Tags>"
        + "</CreateBucketConfiguration>, NOT_IMPLEMENTED"
  })
  void refusedDocuments(String document, S3ErrorCode code) {
    assertThat(gateway.refusedBody(document, "PUT /bucket").code()).isEqualTo(code);
    assertThat(gateway.refused("HEAD /bucket").code()).isEqualTo(S3ErrorCode.NO_SUCH_BUCKET);
  }

  @Test
  void isDeletedOnlyWhenEmpty() throws IOException {
    gateway.send("PUT /bucket");
    gateway.sendBody("text", "PUT /bucket/key");
    assertThat(gateway.refused("DELETE /bucket").code()).isEqualTo(S3ErrorCode.BUCKET_NOT_EMPTY);
    gateway.send("DELETE /bucket/key");
    assertThat(gateway.send("DELETE /bucket").status()).isEqualTo(204);
    assertThat(gateway.refused("DELETE /bucket").code()).isEqualTo(S3ErrorCode.NO_SUCH_BUCKET);
  }

  @Test
  void versioningHasNoStatusUntilItIsSet() throws IOException {
    gateway.send("PUT /bucket");
    assertThat(gateway.send("GET /bucket?versioning").body())
        .contains("VersioningConfiguration")
        .doesNotContain("Status");
    for (String status : new String[] {"Enabled", "Suspended"}) {
      gateway.sendBody(versioning("<Status>" + status + "</Status>"), "PUT /bucket?versioning");
      assertThat(gateway.send("GET /bucket?versioning").element("Status")).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<Status>On</Status>, ILLEGAL_VERSIONING_CONFIGURATION",
    "'', ILLEGAL_VERSIONING_CONFIGURATION",
    "<Other/>, MALFORMED_XML",
    "<Status>Enabled</Status><Other/>, MALFORMED_XML",
    "<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>, NOT_IMPLEMENTED"
  })
  void refusedVersioning(String content, S3ErrorCode code) throws IOException {
    gateway.send("PUT /bucket");
    assertThat(gateway.refusedBody(versioning(content), "PUT /bucket?versioning").code())
        .isEqualTo(code);
    assertThat(gateway.send("GET /bucket?versioning").body()).doesNotContain("Status");
  }

  private static String create(String region) {
    return "<CreateBucketConfiguration><LocationConstraint>"
        + region
        + "</LocationConstraint></CreateBucketConfiguration>";
  }

  private static String versioning(String content) {
    return "<VersioningConfiguration>" + content + "</VersioningConfiguration>";
  }
}
