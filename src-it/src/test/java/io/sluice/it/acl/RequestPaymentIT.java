package io.sluice.it.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.SdkClients;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.RequestCharged;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.S3Exception;

class RequestPaymentIT extends GatewayCase {
  @Test
  void requestersSayThatTheyPay() {
    String shared = newBucketName();
    s3.createBucket(r -> r.bucket(shared).objectOwnership(ObjectOwnership.OBJECT_WRITER));
    assertThat(s3.getBucketRequestPayment(r -> r.bucket(shared)).payer())
        .isEqualTo(Payer.BUCKET_OWNER);
    s3.putObject(
        r -> r.bucket(shared).key("k").acl(ObjectCannedACL.PUBLIC_READ),
        RequestBody.fromString("text"));
    s3.putBucketRequestPayment(
        r -> r.bucket(shared).requestPaymentConfiguration(c -> c.payer(Payer.REQUESTER)));
    assertThat(s3.getBucketRequestPayment(r -> r.bucket(shared)).payer())
        .isEqualTo(Payer.REQUESTER);
    assertThat(s3.headObject(r -> r.bucket(shared).key("k")).requestCharged()).isNull();
    try (S3Client other = SdkClients.sync(gateway, Account.OTHER);
        S3Client anonymous = SdkClients.anonymous(gateway)) {
      for (S3Client client : new S3Client[] {other, anonymous}) {
        S3Exception refusal =
            catchThrowableOfType(
                S3Exception.class, () -> client.getObjectAsBytes(r -> r.bucket(shared).key("k")));
        assertThat(refusal.statusCode()).isEqualTo(403);
      }
      assertThat(
              other
                  .getObjectAsBytes(
                      r -> r.bucket(shared).key("k").requestPayer(RequestPayer.REQUESTER))
                  .response()
                  .requestCharged())
          .isEqualTo(RequestCharged.REQUESTER);
      String own = newBucketName();
      other.createBucket(r -> r.bucket(own));
      CopyObjectResponse copy =
          other.copyObject(
              r ->
                  r.sourceBucket(shared)
                      .sourceKey("k")
                      .destinationBucket(own)
                      .destinationKey("copy")
                      .requestPayer(RequestPayer.REQUESTER));
      assertThat(copy.requestCharged()).isEqualTo(RequestCharged.REQUESTER);
    }
  }
}
