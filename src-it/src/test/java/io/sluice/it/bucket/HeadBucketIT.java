package io.sluice.it.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HeadBucketIT extends GatewayCase {

  @Test
  void tellsTheRegion() {
    assertThat(s3.headBucket(request -> request.bucket(bucket)).bucketRegion())
        .isEqualTo(Gateway.REGION);
  }

  @Test
  void isNotFoundAndHasNoBodyWithoutTheBucket() throws IOException {
    RawResponse answer = RawRequest.of(gateway, "HEAD", "/" + newBucketName()).send();

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("x-amz-request-id")).isNotBlank();
  }
}
