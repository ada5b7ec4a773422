package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.NginxProxy;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.Tool;
import java.net.HttpURLConnection;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** nginx in front of the gateway, with the file that conf/nginx tells users to take. */
class NginxIT extends ClientCase {
  private Gateway proxied;

  @BeforeEach
  void startNginx() throws Exception {
    onlyInTheClear(); // as the file has it
    Tool.of(directory, Map.of(), "nginx"); // skips the test, or fails it, where there is none
    proxied = NginxProxy.start(directory, gateway);
  }

  @AfterEach
  void stopNginx() {
    if (proxied != null) {
      proxied.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a//b", "a%252Fb", "a%3Bb", "a%2Bb", "100%25", "%0A", "%F0%9F%98%80"})
  void keysPassUntouched(String path) throws Exception {
    String target = "/" + bucket + "/" + path;

    RawResponse put = RawRequest.of(proxied, "PUT", target).body("through").send();

    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(RawRequest.of(gateway, "GET", target).send().text()).isEqualTo("through");
    assertThat(RawRequest.of(proxied, "GET", target).send().text()).isEqualTo("through");
  }

  @Test
  void metricsAreNotForThoseBeyondTheProxy() throws Exception {
    HttpURLConnection metrics =
        (HttpURLConnection) proxied.root().resolve("/-/metrics").toURL().openConnection();
    assertThat(metrics.getResponseCode()).isEqualTo(403);
  }

  @Test
  void uploadsAreNotLimitedAndMetadataKeepsItsUnderscores() {
    byte[] bytes = new byte[20_000_000];
    try (S3Client s3 = SdkClients.sync(proxied)) {
      s3.putObject(
          r -> r.bucket(bucket).key("k").metadata(Map.of("under_score", "kept")),
          RequestBody.fromBytes(bytes));

      assertThat(s3.headObject(r -> r.bucket(bucket).key("k")).metadata())
          .containsEntry("under_score", "kept");
      byte[] back = s3.getObjectAsBytes(r -> r.bucket(bucket).key("k")).asByteArray();
      assertThat(Hashes.md5(back)).isEqualTo(Hashes.md5(bytes));
    }
  }
}
