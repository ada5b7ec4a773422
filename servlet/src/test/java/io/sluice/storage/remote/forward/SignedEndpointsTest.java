package io.sluice.storage.remote.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.storage.forward.SignedRequest.Style;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedEndpointsTest {
  private static final BucketName BUCKET = new BucketName("my.bucket");

  private static String of(SignedEndpoints endpoints, Style style) {
    SignedEndpoints.Destination to = endpoints.of(BUCKET, style);
    return to.endpoint() + " " + to.bucketPath();
  }

  @Test
  void withoutAnEndpointTheyAreThoseOfAwsInTheRegion() {
    SignedEndpoints aws = SignedEndpoints.of(Map.of(), null, "eu-west-1", false);
    assertThat(of(aws, Style.PATH)).isEqualTo("https://s3.eu-west-1.amazonaws.com /my.bucket");
    assertThat(of(aws, Style.VIRTUAL_HOSTED))
        .isEqualTo("https://my.bucket.s3.eu-west-1.amazonaws.com ");
    assertThat(aws.of(BUCKET, null).bucketPath()).isEmpty();
  }

  @Test
  void anEndpointIsTheOneOfSignedRequestsToo() {
    URI endpoint = URI.create("http://s3.example.com:9000/base");
    SignedEndpoints own = SignedEndpoints.of(Map.of(), endpoint, "us-east-1", true);
    assertThat(of(own, Style.PATH)).isEqualTo("http://s3.example.com:9000/base /my.bucket");
    assertThat(of(own, Style.VIRTUAL_HOSTED))
        .isEqualTo("http://my.bucket.s3.example.com:9000/base ");
    assertThat(own.of(BUCKET, null).bucketPath()).isEqualTo("/my.bucket");
  }

  @Test
  void templatesAreFilledWithTheRegionOfTheSettings() {
    SignedEndpoints set =
        SignedEndpoints.of(
            Map.of(
                "signed.path-endpoint", "https://s3.dualstack.{region}.amazonaws.com",
                "signed.virtual-endpoint", "https://{bucket}.s3.amazonaws.com",
                "signed.access-keys", "AKIA1, AKIA2"),
            null,
            "us-west-2",
            false);
    assertThat(of(set, Style.PATH))
        .isEqualTo("https://s3.dualstack.us-west-2.amazonaws.com /my.bucket");
    assertThat(of(set, Style.VIRTUAL_HOSTED)).isEqualTo("https://my.bucket.s3.amazonaws.com ");
    assertThat(set.keys()).containsExactlyInAnyOrder("AKIA1", "AKIA2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9000", "http://[::1]:9000"})
  void addressesHaveNoHostsForBuckets(String endpoint) {
    SignedEndpoints numbers = SignedEndpoints.of(Map.of(), URI.create(endpoint), "us-east-1", true);
    assertThat(numbers.virtualHosted()).isNull();
    assertThatThrownBy(() -> numbers.of(BUCKET, Style.VIRTUAL_HOSTED))
        .isInstanceOf(S3Exception.class)
        .hasMessageContaining("no hosts that name buckets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://s3.{bucket}.example.com",
        "https://{bucket}",
        "https://{bucket}x.example.com",
        "https://{bucket}.",
        "ftp://{bucket}.example.com",
        "https://{bucket}.example.com?x",
        "https://{bucket}.{zone}.example.com",
        "https://user@{bucket}.example.com"
      })
  void aTemplateThatCouldLeadElsewhereIsRefused(String template) {
    assertThatThrownBy(
            () ->
                SignedEndpoints.of(
                    Map.of("signed.virtual-endpoint", template), null, "us-east-1", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signed.virtual-endpoint = ");
  }

  @Test
  void aPathEndpointIsAUrl() {
    assertThatThrownBy(
            () ->
                SignedEndpoints.of(
                    Map.of("signed.path-endpoint", "s3.example.com"), null, "us-east-1", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signed.path-endpoint = s3.example.com");
  }
}
