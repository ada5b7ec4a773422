package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** curl, which signs Version 4 itself, and xmllint. */
class CurlIT extends ClientCase {

  private Tool curl() {
    return tool(
        "curl",
        "--silent",
        "--show-error",
        "--user",
        Account.TESTER.accessKey() + ":" + Account.TESTER.secretKey(),
        "--aws-sigv4",
        "aws:amz:" + Gateway.REGION + ":s3",
        "--header", // which S3 demands, and not every version of curl sends
        "x-amz-content-sha256: UNSIGNED-PAYLOAD");
  }

  @Test
  void theServiceShowsItsBucketsAsXml() throws Exception {
    Path listing = directory.resolve("listing.xml");
    String headers =
        curl()
            .run("--dump-header", "-", "--output", "listing.xml", gateway.endpoint().toString())
            .ok();

    assertThat(headers).contains("200").containsIgnoringCase("content-type: application/xml");
    assertThat(listing).content().contains("<String>Provider: ais</String>");
    tool("xmllint", "--noout", "--nonet", listing.toString()).run().ok();
    assertThat(listing).content().contains("<Name>" + bucket + "</Name>");
  }

  @Test
  void uploadsAndDownloads() throws Exception {
    Path file = file("f", 300_000);
    String address = gateway.endpoint() + "/" + bucket + "/f";

    String status = curl().run("--write-out", "%{http_code}", "--upload-file", "f", address).ok();
    curl().run("--output", "g", address).ok();

    assertThat(status).isEqualTo("200");
    assertThat(directory.resolve("g")).hasSameBinaryContentAs(file);
  }

  @Test
  void errorsAreXml() throws Exception {
    tool("curl", "--silent", "--output", "error.xml", gateway.endpoint() + "/" + bucket).run().ok();

    tool("xmllint", "--noout", "--nonet", "error.xml").run().ok();
    assertThat(directory.resolve("error.xml")).content().contains("<Code>AccessDenied</Code>");
  }
}
