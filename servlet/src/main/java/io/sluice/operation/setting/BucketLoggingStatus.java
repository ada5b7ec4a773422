package io.sluice.operation.setting;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.operation.ObjectLockConfiguration;
import io.sluice.protocol.S3Request;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of requests to a bucket go. Immutable.
 *
 * @param loggingEnabled where to; null for nowhere
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html">API</a>
 */
@JsonRootName("BucketLoggingStatus")
public record BucketLoggingStatus(@Nullable LoggingEnabled loggingEnabled) {
  private static final int MAX_BODY_BYTES = 16 * 1024;
  private static final int MAX_PREFIX_LENGTH = 800;

  /** A bucket, a prefix, and how keys are made; grants are refused. */
  public record LoggingEnabled(
      @Nullable String targetBucket,
      @Nullable TargetGrants targetGrants,
      @Nullable String targetPrefix,
      @Nullable KeyFormat targetObjectKeyFormat) {}

  /** Grants on the objects, which cannot be honoured. */
  public record TargetGrants(@Nullable Object grant) {}

  /** One of two ways to make keys. */
  public record KeyFormat(
      @Nullable SimplePrefix simplePrefix, @Nullable PartitionedPrefix partitionedPrefix) {}

  /** The prefix and the time of delivery. */
  public record SimplePrefix(@Nullable String none) {}

  /** The prefix, account, region and bucket, and a folder for each day. */
  public record PartitionedPrefix(@Nullable String partitionDateSource) {
    /** Whether a day is that of the requests, and not that of the delivery. */
    public boolean byEventTime() {
      return !"DeliveryTime".equals(partitionDateSource);
    }
  }

  static BucketSetting<BucketLoggingStatus> setting(BucketStore buckets) {
    return new BucketSetting<>(
        "logging",
        BucketLoggingStatus.class,
        MAX_BODY_BYTES,
        BucketSetting.Integrity.OPTIONAL,
        200,
        bucket -> new BucketLoggingStatus(null),
        (request, status) -> status.check(request, buckets));
  }

  /**
   * Where a bucket's records go; empty for nowhere.
   *
   * @throws S3Exception NoSuchBucket
   */
  public static Optional<LoggingEnabled> of(BucketStore buckets, BucketName bucket)
      throws IOException {
    return setting(buckets).read(buckets, bucket).map(BucketLoggingStatus::loggingEnabled);
  }

  private void check(S3Request request, BucketStore buckets) throws IOException {
    if (loggingEnabled == null) {
      return;
    }
    String target = loggingEnabled.targetBucket();
    String prefix = loggingEnabled.targetPrefix();
    if (target == null || prefix == null) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    if (prefix.length() > MAX_PREFIX_LENGTH) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("The target prefix leaves no room for a key")
          .with("ArgumentName", "TargetPrefix");
    }
    if (loggingEnabled.targetGrants() != null) {
      throw S3ErrorCode.NOT_IMPLEMENTED
          .exception("TargetGrants are not implemented here.")
          .with("Operation", "PutBucketLogging");
    }
    checkFormat(loggingEnabled.targetObjectKeyFormat());
    checkTarget(buckets.head(request.bucket()), target, buckets);
  }

  private static void checkFormat(@Nullable KeyFormat format) {
    if (format == null) {
      return;
    }
    PartitionedPrefix partitioned = format.partitionedPrefix();
    boolean one = (format.simplePrefix() == null) != (partitioned == null);
    String source = partitioned == null ? null : partitioned.partitionDateSource();
    if (!one || !(source == null || Set.of("EventTime", "DeliveryTime").contains(source))) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
  }

  private static void checkTarget(BucketInfo source, String name, BucketStore buckets)
      throws IOException {
    BucketInfo target;
    try {
      target = buckets.head(new BucketName(name));
    } catch (S3Exception e) {
      throw invalid("The target bucket for logging does not exist", name);
    }
    if (!target.ownerId().equals(source.ownerId())) {
      throw invalid(
          "The owner for the bucket to be logged and the target bucket must be the same.", name);
    }
    if (!target.region().equals(source.region())) {
      throw S3ErrorCode.CROSS_LOCATION_LOGGING_PROHIBITED
          .exception()
          .with("TargetBucketLocation", target.region());
    }
    if (ObjectLockConfiguration.of(buckets, target.name())
        .filter(configuration -> configuration.rule() != null)
        .isPresent()) {
      throw invalid("The target bucket must not have a default retention period.", name);
    }
  }

  private static S3Exception invalid(String message, String bucket) {
    return S3ErrorCode.INVALID_TARGET_BUCKET_FOR_LOGGING
        .exception(message)
        .with("TargetBucket", bucket);
  }
}
