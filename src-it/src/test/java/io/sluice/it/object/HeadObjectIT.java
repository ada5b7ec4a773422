package io.sluice.it.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class HeadObjectIT extends GatewayCase {

  @Test
  void tellsWhatGetWouldTell() {
    put("k", "hello");

    HeadObjectResponse head = s3.headObject(request -> request.bucket(bucket).key("k"));

    assertThat(head.contentLength()).isEqualTo(5);
    assertThat(head.eTag())
        .isEqualTo('"' + Hashes.md5("hello".getBytes(StandardCharsets.UTF_8)) + '"');
    assertThat(head.acceptRanges()).isEqualTo("bytes");
    assertThat(head.lastModified())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
  }

  @Test
  void aRangeIsAnsweredWithItsLength() throws IOException {
    put("k", "0123456789");

    RawResponse answer =
        RawRequest.of(gateway, "HEAD", "/" + bucket + "/k").header("range", "bytes=2-4").send();

    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.header("content-length")).isEqualTo("3");
    assertThat(answer.header("content-range")).isEqualTo("bytes 2-4/10");
  }

  @Test
  void aMissingKeyIsNotFoundWithoutABody() throws IOException {
    RawResponse answer = RawRequest.of(gateway, "HEAD", "/" + bucket + "/missing").send();

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("x-amz-request-id")).isNotBlank();
  }
}
