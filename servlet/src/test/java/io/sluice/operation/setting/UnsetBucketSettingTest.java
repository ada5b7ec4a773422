package io.sluice.operation.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operation.RequestFixture;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsetBucketSettingTest {
  @ParameterizedTest
  @CsvSource({
    "accelerate, AccelerateConfiguration",
    "notification, NotificationConfiguration",
    "abac, AbacStatus",
    "analytics, ListBucketAnalyticsConfigurationResult",
    "intelligent-tiering, ListBucketIntelligentTieringConfigurationsOutput",
    "inventory, ListInventoryConfigurationsResult",
    "metrics, ListMetricsConfigurationsResult"
  })
  void aDocumentSaysThatNothingIsSet(String query, String root) throws IOException {
    RequestFixture gateway = RequestFixture.withBucket();

    String body = gateway.send("GET /bucket?" + query).body();

    assertThat(body).contains("<" + root);
    assertThat(body).doesNotContain("<Status>Enabled", "true");
    assertThat(gateway.refused("GET /nobody?" + query).code().wireCode()).isEqualTo("NoSuchBucket");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, replication, ReplicationConfigurationNotFoundError",
    "GET, analytics&id=a, NoSuchConfiguration",
    "DELETE, analytics&id=a, NoSuchConfiguration",
    "GET, inventory&id=a, NoSuchConfiguration",
    "DELETE, metrics&id=a, NoSuchConfiguration",
    "GET, intelligent-tiering&id=a, NoSuchConfiguration"
  })
  void anErrorSaysThatNothingIsSet(String method, String query, String code) throws IOException {
    RequestFixture gateway = RequestFixture.withBucket();

    assertThat(gateway.refused(method + " /bucket?" + query).code().wireCode()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accelerate",
        "analytics&id=a",
        "intelligent-tiering&id=a",
        "inventory&id=a",
        "metrics&id=a",
        "notification",
        "replication"
      })
  void nothingCanBeSet(String query) throws IOException {
    RequestFixture gateway = RequestFixture.withBucket();

    assertThat(gateway.refusedBody("<X/>", "PUT /bucket?" + query).code().wireCode())
        .isEqualTo("NotImplemented");
  }
}
