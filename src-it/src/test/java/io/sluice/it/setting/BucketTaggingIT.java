package io.sluice.it.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

class BucketTaggingIT extends GatewayCase {
  @Test
  void tagsComeAndGo() {
    List<Tag> tags = List.of(tag("team", "storage"), tag("päivä", "1 + 2 = 3@x"));

    s3.putBucketTagging(r -> r.bucket(bucket).tagging(t -> t.tagSet(tags)));
    assertThat(s3.getBucketTagging(r -> r.bucket(bucket)).tagSet()).isEqualTo(tags);

    s3.deleteBucketTagging(r -> r.bucket(bucket));
    S3Exception none =
        catchThrowableOfType(S3Exception.class, () -> s3.getBucketTagging(r -> r.bucket(bucket)));
    assertThat(none.awsErrorDetails().errorCode()).isEqualTo("NoSuchTagSet");
  }

  @Test
  void aBadTagChangesNothing() {
    s3.putBucketTagging(r -> r.bucket(bucket).tagging(t -> t.tagSet(tag("k", "v"))));

    S3Exception refused =
        catchThrowableOfType(
            S3Exception.class,
            () ->
                s3.putBucketTagging(
                    r -> r.bucket(bucket).tagging(t -> t.tagSet(tag("aws:k", "v")))));

    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidTag");
    assertThat(s3.getBucketTagging(r -> r.bucket(bucket)).tagSet()).containsExactly(tag("k", "v"));
  }

  @Test
  void aDocumentWithoutADigestIsRefused() throws IOException {
    RawResponse answer =
        RawRequest.of(gateway, "PUT", "/" + bucket + "?tagging")
            .body("<Tagging><TagSet/></Tagging>")
            .send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("InvalidRequest");
  }

  @Test
  void whatCannotBeSetReadsAsUnset() {
    assertThat(s3.getBucketAccelerateConfiguration(r -> r.bucket(bucket)).status()).isNull();
    assertThat(s3.getBucketNotificationConfiguration(r -> r.bucket(bucket)).topicConfigurations())
        .isEmpty();
    assertThat(s3.getBucketRequestPayment(r -> r.bucket(bucket)).payerAsString())
        .isEqualTo("BucketOwner");
    assertThat(s3.listBucketInventoryConfigurations(r -> r.bucket(bucket)).isTruncated()).isFalse();
    assertThat(s3.listBucketMetricsConfigurations(r -> r.bucket(bucket)).isTruncated()).isFalse();
    S3Exception none =
        catchThrowableOfType(
            S3Exception.class, () -> s3.getBucketReplication(r -> r.bucket(bucket)));
    assertThat(none.awsErrorDetails().errorCode())
        .isEqualTo("ReplicationConfigurationNotFoundError");
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
