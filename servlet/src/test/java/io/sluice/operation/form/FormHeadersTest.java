package io.sluice.operation.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.S3Headers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is seen of a form by those who decide about it. */
class FormHeadersTest {
  private static final S3Headers REQUEST =
      S3Headers.of(
          Map.of(
              "User-Agent", List.of("browser"),
              "Referer", List.of("http://page"),
              "x-amz-meta-a", List.of("of the request"),
              "Content-Type", List.of("multipart/form-data")));

  private static S3Headers headers(Map<String, String> fields) {
    return FormHeaders.withSender(FormHeaders.of(fields), fields, REQUEST);
  }

  @Test
  void theObjectIsWhatTheFieldsSay() {
    S3Headers headers =
        headers(Map.of("content-type", "text/x", "acl", "private", "key", "k", "policy", "p"));
    assertThat(headers.get("content-type")).isEqualTo("text/x");
    assertThat(headers.get("x-amz-acl")).isEqualTo("private");
    assertThat(headers.names())
        .containsExactlyInAnyOrder("content-type", "x-amz-acl", "user-agent", "referer");
  }

  @Test
  void noFieldPassesForTheSender() {
    S3Headers headers =
        headers(
            Map.of(
                "user-agent", "other",
                "referer", "other",
                "authorization", "AWS4-HMAC-SHA256 x",
                "x-amz-algorithm", "AWS4-HMAC-SHA256",
                "x-amz-date", "20261123T010000Z"));
    assertThat(headers.get("User-Agent")).isEqualTo("browser");
    assertThat(headers.get("Referer")).isEqualTo("http://page");
    assertThat(headers.names()).containsExactlyInAnyOrder("user-agent", "referer");
  }

  @Test
  void aSignedPolicyTellsItsVersionAndAge() {
    S3Headers headers =
        headers(
            Map.of(
                "x-amz-signature", "s",
                "x-amz-algorithm", "AWS4-HMAC-SHA256",
                "x-amz-security-token", "secret",
                "x-amz-date", "20261123T010000Z"));
    assertThat(headers.get("x-amz-algorithm")).isEqualTo("AWS4-HMAC-SHA256");
    assertThat(headers.get("x-amz-date")).isEqualTo("20261123T010000Z");
    assertThat(headers.has("x-amz-security-token")).isFalse();
    assertThat(headers.has("x-amz-signature")).isFalse();
  }
}
