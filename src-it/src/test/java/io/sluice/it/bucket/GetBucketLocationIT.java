package io.sluice.it.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

class GetBucketLocationIT extends GatewayCase {

  @Test
  void isEmptyInTheFirstRegion() throws IOException {
    assertThat(s3.getBucketLocation(request -> request.bucket(bucket)).locationConstraintAsString())
        .isNullOrEmpty();
    assertThat(RawRequest.of(gateway, "GET", "/" + bucket + "?location").send().text())
        .contains("<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"");
  }

  @Test
  void isNotFoundWithoutTheBucket() {
    assertThatThrownBy(() -> s3.getBucketLocation(request -> request.bucket(newBucketName())))
        .isInstanceOf(NoSuchBucketException.class);
  }
}
