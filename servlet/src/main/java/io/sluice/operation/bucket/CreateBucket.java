package io.sluice.operation.bucket;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.Acls;
import io.sluice.model.BucketInfo;
import io.sluice.model.Versioning;
import io.sluice.operation.ObjectLockConfiguration;
import io.sluice.operation.ObjectLocks;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.xml.XmlBodies;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates a bucket; a second time is an error everywhere, as AWS has it outside us-east-1. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html">API</a>.
 */
final class CreateBucket implements OperationHandler {
  private static final int MAX_BODY_BYTES = 16 * 1024;
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,63}");

  private final BucketStore buckets;
  private final NewBuckets newBuckets;
  private final Clock clock;
  private final Acls acls;

  CreateBucket(BucketStore buckets, Acls acls, NewBuckets newBuckets, Clock clock) {
    this.buckets = buckets;
    this.acls = acls;
    this.newBuckets = newBuckets;
    this.clock = clock;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.CREATE_BUCKET;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    String region = region(request.body().readAll(MAX_BODY_BYTES));
    boolean locks = ObjectLocks.ofNewBucket(request.headers());
    String ownerId = request.identity().canonicalId();
    Map<String, byte[]> usual = newBuckets.settings();
    Map<String, byte[]> settings = new HashMap<>(usual);
    settings.putAll(acls.ofNewBucket(request.headers(), ownerId, usual));
    if (locks) {
      settings.put(ObjectLockConfiguration.SETTING, ObjectLockConfiguration.ENABLED.bytes());
    }
    buckets.create(
        new BucketInfo(
            request.bucket(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            region,
            ownerId,
            locks ? Versioning.ENABLED : Versioning.UNVERSIONED,
            ""),
        settings);
    return S3Response.empty(200)
        .header("Location", "/" + request.bucket())
        .header("x-amz-bucket-arn", "arn:aws:s3:::" + request.bucket());
  }

  private String region(byte[] body) {
    if (body.length == 0) {
      return newBuckets.region();
    }
    CreateBucketConfiguration configuration = XmlBodies.read(body, CreateBucketConfiguration.class);
    if (configuration.location() != null
        || configuration.bucket() != null
        || configuration.tags() != null) {
      throw S3ErrorCode.NOT_IMPLEMENTED.exception(
          "Of CreateBucketConfiguration only LocationConstraint is implemented.");
    }
    String region = configuration.locationConstraint();
    if (region == null || region.isBlank()) {
      return newBuckets.region();
    }
    if (!REGION.matcher(region).matches()) {
      throw S3ErrorCode.INVALID_LOCATION_CONSTRAINT.exception().with("LocationConstraint", region);
    }
    return region;
  }

  @JsonRootName("CreateBucketConfiguration")
  record CreateBucketConfiguration(
      @Nullable String locationConstraint,
      @Nullable Object location,
      @Nullable Object bucket,
      @Nullable Object tags) {}
}
