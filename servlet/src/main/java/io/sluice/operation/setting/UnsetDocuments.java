package io.sluice.operation.setting;

import com.fasterxml.jackson.annotation.JsonRootName;
import org.jspecify.annotations.Nullable;

/** The documents of configurations that no bucket can have here. */
final class UnsetDocuments {
  private UnsetDocuments() {}

  /** Transfer acceleration: no status while it was never set. */
  @JsonRootName("AccelerateConfiguration")
  record AccelerateConfiguration(@Nullable String status) {}

  /** Events: none. */
  @JsonRootName("NotificationConfiguration")
  record NotificationConfiguration(@Nullable String eventBridgeConfiguration) {}

  /** Access by attributes: disabled. */
  @JsonRootName("AbacStatus")
  record AbacStatus(String status) {}

  /** An empty page of analytics. */
  @JsonRootName("ListBucketAnalyticsConfigurationResult")
  record AnalyticsConfigurations(boolean isTruncated) {}

  /** An empty page of intelligent tiering. */
  @JsonRootName("ListBucketIntelligentTieringConfigurationsOutput")
  record IntelligentTieringConfigurations(boolean isTruncated) {}

  /** An empty page of inventories. */
  @JsonRootName("ListInventoryConfigurationsResult")
  record InventoryConfigurations(boolean isTruncated) {}

  /** An empty page of metrics. */
  @JsonRootName("ListMetricsConfigurationsResult")
  record MetricsConfigurations(boolean isTruncated) {}
}
