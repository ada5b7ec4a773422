package io.sluice.operation;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.storage.BucketStore;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a bucket's versions can be locked, and the retention that new ones get. Once there it can be
 * changed and never taken away. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ObjectLockConfiguration.html">API</a>
 */
@JsonRootName("ObjectLockConfiguration")
public record ObjectLockConfiguration(@Nullable String objectLockEnabled, @Nullable Rule rule) {
  /** The name of the bucket's setting. */
  public static final String SETTING = "object-lock";

  /** Locks without a default retention. */
  public static final ObjectLockConfiguration ENABLED =
      new ObjectLockConfiguration("Enabled", null);

  private static final int MAX_BODY_BYTES = 16 * 1024;

  /** AWS: a retention lasts 100 years at most. */
  private static final int MAX_YEARS = 100;

  private static final int MAX_DAYS = 36_500;

  /** What new versions get. */
  public record Rule(@Nullable DefaultRetention defaultRetention) {}

  /** A mode, and either days or years. */
  public record DefaultRetention(
      @Nullable String mode, @Nullable Integer days, @Nullable Integer years) {
    private void check() {
      if (mode == null || ObjectRetention.Mode.of(mode).isEmpty()) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
      if ((days == null) == (years == null)) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
      checkPeriod("Days", days, MAX_DAYS);
      checkPeriod("Years", years, MAX_YEARS);
    }

    private static void checkPeriod(String name, @Nullable Integer period, int max) {
      if (period != null && (period < 1 || period > max)) {
        throw S3ErrorCode.INVALID_RETENTION_PERIOD
            .exception(
                period < 1
                    ? "Default retention period must be a positive integer value."
                    : "Default retention period is too large.")
            .with("ArgumentName", name)
            .with("ArgumentValue", period);
      }
    }

    private Optional<ObjectRetention> from(Instant now) {
      if (mode == null) {
        return Optional.empty();
      }
      Instant until =
          now.atZone(ZoneOffset.UTC)
              .plusDays(days == null ? 0 : days)
              .plusYears(years == null ? 0 : years)
              .toInstant();
      return ObjectRetention.Mode.of(mode).map(known -> new ObjectRetention(known, until));
    }
  }

  /** The most that a document may hold. */
  public static int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  /**
   * Parses what a request sets.
   *
   * @throws S3Exception MalformedXML, InvalidRetentionPeriod
   */
  public static ObjectLockConfiguration parse(byte[] body) {
    ObjectLockConfiguration configuration = XmlBodies.read(body, ObjectLockConfiguration.class);
    if (!"Enabled".equals(configuration.objectLockEnabled())) {
      throw S3ErrorCode.MALFORMED_XML.exception();
    }
    Rule rule = configuration.rule();
    if (rule != null) {
      DefaultRetention retention = rule.defaultRetention();
      if (retention == null) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
      retention.check();
    }
    return configuration;
  }

  /**
   * A bucket's configuration; empty for a bucket without locks.
   *
   * @throws S3Exception NoSuchBucket
   */
  public static Optional<ObjectLockConfiguration> of(BucketStore buckets, BucketName bucket)
      throws IOException {
    return buckets
        .setting(bucket, SETTING)
        .map(document -> XmlBodies.read(document, ObjectLockConfiguration.class));
  }

  /** The retention that a version made now gets unless it is given another. */
  Optional<ObjectRetention> defaultRetention(Instant now) {
    DefaultRetention retention = rule == null ? null : rule.defaultRetention();
    return retention == null ? Optional.empty() : retention.from(now);
  }

  /** The document. */
  public byte[] bytes() {
    return XmlBodies.write(this);
  }
}
