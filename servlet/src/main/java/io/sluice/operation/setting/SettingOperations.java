package io.sluice.operation.setting;

import static io.sluice.operation.S3Operation.*;

import io.sluice.error.S3ErrorCode;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The operations on configurations of buckets. */
public final class SettingOperations {
  private final BucketStore buckets;
  private final List<OperationHandler> handlers = new ArrayList<>();

  private SettingOperations(BucketStore buckets) {
    this.buckets = buckets;
  }

  /** The handlers over a back end. */
  public static List<OperationHandler> of(Storage storage) {
    SettingOperations operations = new SettingOperations(storage.buckets());
    operations.set();
    operations.unset();
    operations.unsetById();
    return List.copyOf(operations.handlers);
  }

  private void set() {
    get(GET_BUCKET_TAGGING, BucketTagging.SETTING);
    put(PUT_BUCKET_TAGGING, BucketTagging.SETTING);
    delete(DELETE_BUCKET_TAGGING, BucketTagging.SETTING);
    get(GET_BUCKET_CORS, CorsConfiguration.SETTING);
    put(PUT_BUCKET_CORS, CorsConfiguration.SETTING);
    delete(DELETE_BUCKET_CORS, CorsConfiguration.SETTING);
    get(GET_BUCKET_WEBSITE, WebsiteConfiguration.SETTING);
    put(PUT_BUCKET_WEBSITE, WebsiteConfiguration.SETTING);
    delete(DELETE_BUCKET_WEBSITE, WebsiteConfiguration.SETTING);
  }

  private <T> void get(S3Operation operation, BucketSetting<T> setting) {
    handlers.add(new GetBucketSetting<>(operation, setting, buckets));
  }

  private <T> void put(S3Operation operation, BucketSetting<T> setting) {
    handlers.add(new PutBucketSetting<>(operation, setting, buckets));
  }

  private void delete(S3Operation operation, BucketSetting<?> setting) {
    handlers.add(new DeleteBucketSetting(operation, setting, buckets));
  }

  /** Configurations that can only be unset: their writes have no handler. */
  private void unset() {
    document(GET_BUCKET_ACCELERATE_CONFIGURATION, new UnsetDocuments.AccelerateConfiguration(null));
    document(
        GET_BUCKET_NOTIFICATION_CONFIGURATION, new UnsetDocuments.NotificationConfiguration(null));
    document(GET_BUCKET_ABAC, new UnsetDocuments.AbacStatus("Disabled"));
    error(GET_BUCKET_REPLICATION, S3ErrorCode.REPLICATION_CONFIGURATION_NOT_FOUND);
    answer(DELETE_BUCKET_REPLICATION, () -> S3Response.empty(204));
  }

  /** Those of which a bucket may have many, by their ids. */
  private void unsetById() {
    document(
        LIST_BUCKET_ANALYTICS_CONFIGURATIONS, new UnsetDocuments.AnalyticsConfigurations(false));
    document(
        LIST_BUCKET_INTELLIGENT_TIERING_CONFIGURATIONS,
        new UnsetDocuments.IntelligentTieringConfigurations(false));
    document(
        LIST_BUCKET_INVENTORY_CONFIGURATIONS, new UnsetDocuments.InventoryConfigurations(false));
    document(LIST_BUCKET_METRICS_CONFIGURATIONS, new UnsetDocuments.MetricsConfigurations(false));
    for (S3Operation operation :
        List.of(
            GET_BUCKET_ANALYTICS_CONFIGURATION,
            DELETE_BUCKET_ANALYTICS_CONFIGURATION,
            GET_BUCKET_INTELLIGENT_TIERING_CONFIGURATION,
            DELETE_BUCKET_INTELLIGENT_TIERING_CONFIGURATION,
            GET_BUCKET_INVENTORY_CONFIGURATION,
            DELETE_BUCKET_INVENTORY_CONFIGURATION,
            GET_BUCKET_METRICS_CONFIGURATION,
            DELETE_BUCKET_METRICS_CONFIGURATION)) {
      error(operation, S3ErrorCode.NO_SUCH_CONFIGURATION);
    }
  }

  private void document(S3Operation operation, Object document) {
    answer(operation, () -> S3Response.ok(document));
  }

  private void error(S3Operation operation, S3ErrorCode code) {
    answer(
        operation,
        () -> {
          throw code.exception();
        });
  }

  private void answer(S3Operation operation, Supplier<S3Response> answer) {
    handlers.add(new UnsetBucketSetting(operation, buckets, answer));
  }
}
