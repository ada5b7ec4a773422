package io.sluice.operation.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.Identity;
import io.sluice.operation.RequestFixture;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketLoggingTest {
  private static final String TARGET =
      "<TargetBucket>logs</TargetBucket><TargetPrefix>p/</TargetPrefix>";

  private RequestFixture gateway;

  @BeforeEach
  void createBuckets() throws IOException {
    gateway = RequestFixture.withBucket();
    gateway.send("PUT /logs");
  }

  private static String document(String enabled) {
    return "<BucketLoggingStatus>"
        + (enabled.isEmpty() ? "" : "<LoggingEnabled>" + enabled + "</LoggingEnabled>")
        + "</BucketLoggingStatus>";
  }

  private String refused(String enabled) {
    return gateway.refusedBody(document(enabled), "PUT /bucket?logging").code().wireCode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<TargetObjectKeyFormat><SimplePrefix/></TargetObjectKeyFormat>",
        "<TargetObjectKeyFormat><PartitionedPrefix><PartitionDateSource>DeliveryTime"
            + "</PartitionDateSource></PartitionedPrefix></TargetObjectKeyFormat>"
      })
  void aStatusComesBackAndGoes(String format) throws IOException {
    assertThat(gateway.send("GET /bucket?logging").body()).doesNotContain("LoggingEnabled");

    gateway.sendBody(document(TARGET + format), "PUT /bucket?logging");
    assertThat(gateway.send("GET /bucket?logging").body())
        .contains(TARGET)
        .containsIgnoringWhitespaces(format);

    gateway.sendBody(document(""), "PUT /bucket?logging");
    assertThat(gateway.send("GET /bucket?logging").body()).doesNotContain("LoggingEnabled");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<TargetBucket>logs</TargetBucket> | MalformedXML",
        "<TargetPrefix>p</TargetPrefix> | MalformedXML",
        "<TargetBucket>none</TargetBucket><TargetPrefix/> | InvalidTargetBucketForLogging",
        "<TargetBucket>N</TargetBucket><TargetPrefix/> | InvalidTargetBucketForLogging",
        "TARGET<TargetGrants><Grant/></TargetGrants> | NotImplemented",
        "TARGET<TargetObjectKeyFormat><SimplePrefix/><PartitionedPrefix/></TargetObjectKeyFormat>"
            + " | MalformedXML",
        "TARGET<TargetObjectKeyFormat><PartitionedPrefix><PartitionDateSource>Never"
            + "</PartitionDateSource></PartitionedPrefix></TargetObjectKeyFormat> | MalformedXML"
      })
  void whatCannotBeHonouredIsRefused(String enabled, String code) {
    assertThat(refused(enabled.replace("TARGET", TARGET))).isEqualTo(code);
  }

  @Test
  void theTargetHasTheSameOwner() throws IOException {
    Identity other = new Identity("b".repeat(64), "other", "AKIDOTHER", Identity.Role.USER);
    gateway.as(other).send("PUT /theirs");
    gateway.as(RequestFixture.OWNER);

    assertThat(refused("<TargetBucket>theirs</TargetBucket><TargetPrefix/>"))
        .isEqualTo("InvalidTargetBucketForLogging");
  }
}
