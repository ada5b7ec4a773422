package io.sluice.it.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;

class CopyObjectIT extends GatewayCase {
  private static final String TEXT = "to be copied";

  @Test
  void theCopyHasContentEtagAndMetadataOfTheSource() {
    s3.putObject(
        r -> r.bucket(bucket).key("a").contentType("text/x").metadata(Map.of("a", "b")),
        RequestBody.fromString(TEXT));

    CopyObjectResponse answer =
        s3.copyObject(
            r ->
                r.sourceBucket(bucket)
                    .sourceKey("a")
                    .destinationBucket(bucket)
                    .destinationKey("b"));

    assertThat(answer.copyObjectResult().eTag())
        .isEqualTo('"' + Hashes.md5(TEXT.getBytes(StandardCharsets.UTF_8)) + '"');
    assertThat(get("b")).isEqualTo(TEXT);
    HeadObjectResponse head = s3.headObject(r -> r.bucket(bucket).key("b"));
    assertThat(head.contentType()).isEqualTo("text/x");
    assertThat(head.metadata()).containsEntry("a", "b");
  }

  @Test
  void crossesBucketsAndTakesAnyKey() {
    String other = newBucketName();
    s3.createBucket(r -> r.bucket(other));
    String key = "with space/ümlaut+plus%2F&";
    put(key, TEXT);

    s3.copyObject(
        r -> r.sourceBucket(bucket).sourceKey(key).destinationBucket(other).destinationKey(key));

    assertThat(s3.getObjectAsBytes(r -> r.bucket(other).key(key)).asUtf8String()).isEqualTo(TEXT);
  }

  @Test
  void replaceTakesTheMetadataOfTheRequest() {
    s3.putObject(
        r -> r.bucket(bucket).key("a").metadata(Map.of("a", "b")), RequestBody.fromString(TEXT));

    s3.copyObject(
        r ->
            r.sourceBucket(bucket)
                .sourceKey("a")
                .destinationBucket(bucket)
                .destinationKey("a")
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType("text/y")
                .metadata(Map.of("c", "d")));

    HeadObjectResponse head = s3.headObject(r -> r.bucket(bucket).key("a"));
    assertThat(head.contentType()).isEqualTo("text/y");
    assertThat(head.metadata()).isEqualTo(Map.of("c", "d"));
    assertThat(get("a")).isEqualTo(TEXT);
  }

  @Test
  void ontoItselfWithoutAChangeIsInvalid() {
    put("a", TEXT);

    assertThatThrownBy(
            () ->
                s3.copyObject(
                    r ->
                        r.sourceBucket(bucket)
                            .sourceKey("a")
                            .destinationBucket(bucket)
                            .destinationKey("a")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidRequest"));
  }

  @Test
  void aMissingSourceIsNoSuchKey() throws IOException {
    RawResponse answer = copy("/" + bucket + "/missing", "b");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo("NoSuchKey");
  }

  @Test
  void aPlusInTheSourceIsSentAsPercentTwoB() throws IOException {
    put("a+b c", TEXT);

    assertThat(copy(bucket + "/a%2Bb%20c", "b").status()).isEqualTo(200);
    assertThat(get("b")).isEqualTo(TEXT);
  }

  @Test
  void conditionsOnTheSourceAreKept() throws IOException {
    put("a", TEXT);

    RawResponse answer =
        RawRequest.of(gateway, "PUT", "/" + bucket + "/b")
            .header("x-amz-copy-source", bucket + "/a")
            .header("x-amz-copy-source-if-match", "\"0\"")
            .send();

    assertThat(answer.status()).isEqualTo(412);
    assertThat(answer.errorCode()).isEqualTo("PreconditionFailed");
  }

  private RawResponse copy(String source, String key) throws IOException {
    return RawRequest.of(gateway, "PUT", "/" + bucket + "/" + key)
        .header("x-amz-copy-source", source)
        .send();
  }
}
