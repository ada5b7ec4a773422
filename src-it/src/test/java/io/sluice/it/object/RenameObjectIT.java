package io.sluice.it.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** RenameObject, and PutObject behind an object. */
class RenameObjectIT extends GatewayCase {
  private RawRequest rename(String from, String to) throws IOException {
    return RawRequest.of(gateway, "PUT", "/" + bucket + "/" + to + "?renameObject")
        .header("x-amz-rename-source", from);
  }

  @Test
  void theSdkRenames() {
    put("old", "body");
    String before = s3.headObject(r -> r.bucket(bucket).key("old")).eTag();
    s3.renameObject(r -> r.bucket(bucket).key("neu ü").renameSource("old").clientToken("t1"));
    HeadObjectResponse after = s3.headObject(r -> r.bucket(bucket).key("neu ü"));
    assertThat(after.eTag()).isEqualTo(before);
    assertThat(get("neu ü")).isEqualTo("body");
  }

  @Test
  void conditionsAndErrorsAreThoseOfS3() throws IOException {
    put("a", "of a");
    put("b", "of b");
    assertThat(rename("a", "b").header("If-None-Match", "*").send().status()).isEqualTo(412);
    assertThat(rename("a", "b").header("x-amz-rename-source-if-match", "\"0\"").send().errorCode())
        .isEqualTo("PreconditionFailed");
    assertThat(rename("missing", "b").send().errorCode()).isEqualTo("NoSuchKey");
    assertThat(rename("", "b").send().errorCode()).isEqualTo("InvalidArgument");
    assertThat(rename("a", "a").send().errorCode()).isEqualTo("InvalidRequest");
    assertThat(get("b")).isEqualTo("of b");
    assertThat(rename("/" + bucket + "/a", "b").send().status()).isEqualTo(200);
    assertThat(get("b")).isEqualTo("of a");
  }

  @Test
  void aTokenOfAnotherRequestIsRefused() throws IOException {
    put("a", "x");
    String token = UUID.randomUUID().toString();
    assertThat(rename("a", "b").header("x-amz-client-token", token).send().status()).isEqualTo(200);
    assertThat(rename("a", "b").header("x-amz-client-token", token).send().status()).isEqualTo(200);
    assertThat(rename("b", "c").header("x-amz-client-token", token).send().errorCode())
        .isEqualTo("IdempotencyParameterMismatch");
  }

  @Test
  void theSdkAppends() {
    s3.putObject(
        r -> r.bucket(bucket).key("log").writeOffsetBytes(0L), RequestBody.fromString("one "));
    PutObjectResponse longer =
        s3.putObject(
            r -> r.bucket(bucket).key("log").writeOffsetBytes(4L), RequestBody.fromString("two"));
    assertThat(longer.size()).isEqualTo(7);
    assertThat(longer.eTag()).endsWith("-2\"");
    assertThat(get("log")).isEqualTo("one two");
    S3Exception refused =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            S3Exception.class,
            () ->
                s3.putObject(
                    r -> r.bucket(bucket).key("log").writeOffsetBytes(4L),
                    RequestBody.fromString("three")));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidWriteOffset");
    assertThat(get("log")).isEqualTo("one two");
  }

  @Test
  void whatGrowsCannotBeDescribedAnew() throws IOException {
    put("log", "one");
    RawResponse answer =
        RawRequest.of(gateway, "PUT", "/" + bucket + "/log")
            .header("x-amz-write-offset-bytes", "3")
            .header("x-amz-meta-color", "blue")
            .body("two".getBytes(StandardCharsets.UTF_8))
            .send();
    assertThat(answer.errorCode()).isEqualTo("InvalidRequest");
    assertThat(get("log")).isEqualTo("one");
  }
}
