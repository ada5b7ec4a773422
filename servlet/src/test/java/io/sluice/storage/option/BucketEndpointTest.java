package io.sluice.storage.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3Exception;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketEndpointTest {
  @Test
  void aDocumentIsReadAsItWasWritten() {
    BucketEndpoint endpoint =
        BucketEndpoint.of(
            Map.of(
                "endpoint", "https://s3.example.com:9000/base",
                "cloud_region", "eu-west-1",
                "profile", "team-a"));
    assertThat(BucketEndpoint.parse(endpoint.document())).isEqualTo(endpoint);
    assertThat(endpoint.settings())
        .containsOnly(
            Map.entry("endpoint", "https://s3.example.com:9000/base"),
            Map.entry("region", "eu-west-1"),
            Map.entry("profile", "team-a"));
    assertThat(BucketEndpoint.parse(new byte[0]).isNone()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "endpoint,s3.example.com",
    "endpoint,file:///etc/passwd",
    "endpoint,http://user:secret@example.com",
    "endpoint,http://example.com?x=y",
    "endpoint,http://exa mple.com",
    "cloud_region,EU",
    "cloud_region,'a/b'",
    "profile,'a b'",
    "max_pagesize,10"
  })
  void whatIsNoneIsRefused(String name, String value) {
    assertThatThrownBy(() -> BucketEndpoint.of(Map.of(name, value)))
        .isInstanceOf(S3Exception.class)
        .hasMessageContaining("no such value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "=x", "endpoint"})
  void aDocumentOfAnythingElseIsRefused(String document) {
    assertThatThrownBy(() -> BucketEndpoint.parse(document.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(S3Exception.class);
  }
}
