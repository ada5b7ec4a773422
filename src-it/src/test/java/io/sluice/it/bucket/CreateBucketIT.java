package io.sluice.it.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.SdkClients;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class CreateBucketIT extends GatewayCase {

  @Test
  void answersWhereTheBucketIs() throws IOException {
    String name = newBucketName();

    RawResponse answer = RawRequest.of(gateway, "PUT", "/" + name).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("location")).isEqualTo("/" + name);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void isAConflictWhenTheBucketExists() {
    assertThatThrownBy(() -> s3.createBucket(request -> request.bucket(bucket)))
        .isInstanceOfSatisfying(
            S3Exception.class,
            error -> {
              assertThat(error.statusCode()).isEqualTo(409);
              assertThat(error.awsErrorDetails().errorCode())
                  .isIn("BucketAlreadyOwnedByYou", "BucketAlreadyExists");
            });
  }

  @Test
  void isAConflictForAnotherAccount() {
    try (S3Client other = SdkClients.sync(gateway, Account.OTHER)) {
      assertThatThrownBy(() -> other.createBucket(request -> request.bucket(bucket)))
          .isInstanceOfSatisfying(
              S3Exception.class,
              error ->
                  assertThat(error.awsErrorDetails().errorCode()).isEqualTo("BucketAlreadyExists"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "Upper-Case", "under_score", "dot..dot", "-start", "10.0.0.1"})
  void refusesNamesThatS3DoesNotAllow(String name) throws IOException {
    RawResponse answer = RawRequest.of(gateway, "PUT", "/" + name).send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("InvalidBucketName");
  }
}
