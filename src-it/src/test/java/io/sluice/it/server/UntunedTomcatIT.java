package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.Gateway;
import io.sluice.it.harness.TomcatServer;
import io.sluice.it.harness.WorkDirectory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tomcat with a connector as it comes: the self-test names what has to change. */
class UntunedTomcatIT {
  @Test
  void everySettingThatIsMissingIsNamed() throws Exception {
    try (Gateway gateway = TomcatServer.startUntuned(WorkDirectory.create("untuned"))) {
      String json =
          SelfTestIT.get(gateway, "/-/health/self-test", "Accept", "application/json").body();
      for (String id :
          List.of(
              "encoded-slash",
              "encoded-backslash",
              "bare-characters",
              "bare-query",
              "big-headers",
              "many-headers",
              "compression")) {
        assertThat(json)
            .containsPattern("\"id\":\"" + id + "\",\"matter\":\"[^\"]*\",\"ok\":false");
      }
      for (String id : List.of("plain", "empty-segment", "semicolon", "dot-segment", "non-ascii")) {
        assertThat(json).containsPattern("\"id\":\"" + id + "\",\"matter\":\"[^\"]*\",\"ok\":true");
      }
      assertThat(json).contains("encodedSolidusHandling").doesNotContain("uriCompliance");
      assertThat(SelfTestIT.get(gateway, "/-/health/self-test").body())
          .contains("gets in the way")
          .contains("maxHttpHeaderSize=&quot;65536&quot;");
      assertThat(gateway.process().awaitLine("gets in the way of keys that are sent with %2F"))
          .contains("WARN")
          .contains("encodedSolidusHandling=\"passthrough\"");
    }
  }
}
