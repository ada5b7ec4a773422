package io.sluice.it.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.OverTls;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OverTls
class VirtualHostIT extends GatewayCase {
  private Gateway root;

  @BeforeEach
  void atTheRoot() {
    assumeThat(gateway.external()).isFalse();
    root = new Gateway(gateway.name(), gateway.root(), gateway.process());
  }

  @Test
  void theBucketMayStandInTheHost() throws IOException {
    assertThat(request("PUT", "/a/b%20c").body("content").send().status()).isEqualTo(200);

    assertThat(get("a/b c")).isEqualTo("content");
    assertThat(request("GET", "/a/b%20c").send().text()).isEqualTo("content");
    assertThat(request("GET", "/?list-type=2").send().text()).contains("<Key>a/b c</Key>");
  }

  @Test
  void aKeyMayLookLikeThePrefixOfTheGateway() throws IOException {
    request("PUT", "/s3/k").body("content").send();

    assertThat(get("s3/k")).isEqualTo("content");
  }

  @Test
  void theBaseDomainAloneIsTheService() throws IOException {
    RawResponse answer = RawRequest.of(root, "GET", "/").header("host", Gateway.BASE_DOMAIN).send();

    assertThat(answer.text()).contains("<ListAllMyBucketsResult", bucket);
  }

  private RawRequest request(String method, String target) {
    String host = bucket + "." + Gateway.BASE_DOMAIN + ":" + gateway.endpoint().getPort();
    return RawRequest.of(root, method, target).header("host", host);
  }
}
