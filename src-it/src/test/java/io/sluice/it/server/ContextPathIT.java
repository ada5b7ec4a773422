package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Account;
import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.SdkClients;
import io.sluice.it.harness.TomcatServer;
import io.sluice.it.harness.WorkDirectory;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The WAR dropped into Tomcat as it is called, {@code s3.war}: the context is the prefix. */
class ContextPathIT {
  private static final List<String> KEYS = List.of("a", "a//b", "with space", "per%cent", "a;b");

  @Test
  void theContextIsThePrefix() throws Exception {
    try (Gateway gateway = TomcatServer.startWithContext(WorkDirectory.create("context"));
        S3Client s3 = SdkClients.sync(gateway, Account.TESTER)) {
      s3.createBucket(r -> r.bucket("context"));
      for (String key : KEYS) {
        s3.putObject(r -> r.bucket("context").key(key), RequestBody.fromString(key));
      }
      for (String key : KEYS) {
        assertThat(s3.getObjectAsBytes(r -> r.bucket("context").key(key)).asUtf8String())
            .isEqualTo(key);
      }
      assertThat(RawRequest.of(gateway, "GET", "/").send().text()).contains("<Name>context</Name>");
    }
  }
}
