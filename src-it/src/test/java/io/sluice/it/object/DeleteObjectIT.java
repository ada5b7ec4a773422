package io.sluice.it.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

class DeleteObjectIT extends GatewayCase {

  @Test
  void removesTheObject() throws IOException {
    put("k", "x");

    assertThat(RawRequest.of(gateway, "DELETE", "/" + bucket + "/k").send().status())
        .isEqualTo(204);
    assertThatThrownBy(() -> get("k")).isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void aMissingKeyIsDeletedAlready() throws IOException {
    assertThat(RawRequest.of(gateway, "DELETE", "/" + bucket + "/missing").send().status())
        .isEqualTo(204);
  }

  @Test
  void aMissingBucketIsNotFound() throws IOException {
    assertThat(RawRequest.of(gateway, "DELETE", "/" + newBucketName() + "/k").send().errorCode())
        .isEqualTo("NoSuchBucket");
  }
}
