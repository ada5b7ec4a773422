package io.sluice.it.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DeleteBucketIT extends GatewayCase {

  @Test
  void removesAnEmptyBucket() throws IOException {
    assertThat(delete().status()).isEqualTo(204);
    assertThat(RawRequest.of(gateway, "HEAD", "/" + bucket).send().status()).isEqualTo(404);
  }

  @Test
  void refusesABucketThatHoldsAnObject() throws IOException {
    put("kept", "still here");

    RawResponse answer = delete();

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.errorCode()).isEqualTo("BucketNotEmpty");
    assertThat(get("kept")).isEqualTo("still here");
  }

  @Test
  void isNotFoundTheSecondTime() throws IOException {
    delete();

    RawResponse answer = delete();

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo("NoSuchBucket");
  }

  @Test
  void leavesNothingToABucketOfTheSameName() throws IOException {
    put("gone", "x");
    s3.deleteObject(request -> request.bucket(bucket).key("gone"));
    delete();
    s3.createBucket(request -> request.bucket(bucket));

    assertThat(s3.listObjectsV2(request -> request.bucket(bucket)).contents()).isEmpty();
  }

  private RawResponse delete() throws IOException {
    return RawRequest.of(gateway, "DELETE", "/" + bucket).send();
  }
}
