package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Artefact;
import io.sluice.it.harness.FreePort;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.ServerProcess;
import io.sluice.it.harness.Tool;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** HAProxy in front of the gateway, with the file that conf/haproxy tells users to take. */
class HaproxyIT extends ClientCase {
  private Gateway proxied;

  @BeforeEach
  void startHaproxy() throws Exception {
    onlyInTheClear(); // as the file has it
    Tool.of(directory, Map.of(), "haproxy"); // skips the test, or fails it, where there is none
    int port = FreePort.find();
    String documented = Files.readString(Artefact.conf().resolve("haproxy/sluice.cfg"));
    assertThat(documented).contains("server gateway 127.0.0.1:8080", "    bind :80\n");
    Path file =
        file(
            "sluice.cfg",
            documented
                .replace("gateway 127.0.0.1:8080", "gateway " + gateway.authority())
                .replace("    bind :80\n", "    bind 127.0.0.1:" + port + "\n"));
    ServerProcess process =
        ServerProcess.start(
            List.of("haproxy", "-db", "-f", file.toString()),
            directory,
            directory.resolve("haproxy.log"));
    URI root = URI.create("http://127.0.0.1:" + port);
    proxied = new Gateway("haproxy", root.resolve("/s3"), process);
    process.awaitStatus(root.resolve("/s3"), 403);
  }

  @AfterEach
  void stopHaproxy() {
    if (proxied != null) {
      proxied.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a//b",
        "a%252Fb",
        "a%3Bb",
        "a%2Bb",
        "a%2Fb",
        "a/%2E%2E/b",
        "100%25",
        "%0A",
        "%22"
      })
  void keysPassUntouched(String path) throws Exception {
    String target = "/" + bucket + "/" + path;

    RawResponse put = RawRequest.of(proxied, "PUT", target).body("through").send();

    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(RawRequest.of(gateway, "GET", target).send().text()).isEqualTo("through");
    assertThat(RawRequest.of(proxied, "GET", target).send().text()).isEqualTo("through");
  }

  @Test
  void bodiesAndMetadataPass() {
    byte[] bytes = new byte[20_000_000];
    String longValue = "x".repeat(1900);
    try (S3Client s3 = SdkClients.sync(proxied)) {
      s3.putObject(
          r -> r.bucket(bucket).key("k").metadata(Map.of("under_score", longValue)),
          RequestBody.fromBytes(bytes));

      assertThat(s3.headObject(r -> r.bucket(bucket).key("k")).metadata())
          .containsEntry("under_score", longValue);
      byte[] back = s3.getObjectAsBytes(r -> r.bucket(bucket).key("k")).asByteArray();
      assertThat(Hashes.md5(back)).isEqualTo(Hashes.md5(bytes));
    }
  }

  @Test
  void refusalsArriveBeforeTheirBodiesAreSent() throws Exception {
    RawResponse refused =
        RawRequest.of(proxied, "PUT", "/" + bucket + "-none/k").body(new byte[3_000_000]).send();

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.text()).contains("<Code>NoSuchBucket</Code>");
  }

  @Test
  void metricsAreNotForThoseBeyondTheProxy() throws Exception {
    HttpURLConnection metrics =
        (HttpURLConnection) proxied.root().resolve("/-/metrics").toURL().openConnection();
    assertThat(metrics.getResponseCode()).isEqualTo(403);
  }
}
