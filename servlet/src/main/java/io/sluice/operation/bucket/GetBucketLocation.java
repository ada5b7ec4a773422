package io.sluice.operation.bucket;

import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import tools.jackson.dataformat.xml.annotation.JacksonXmlText;

/**
 * Where a bucket lives; empty for us-east-1. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html">API</a>.
 */
final class GetBucketLocation implements OperationHandler {
  private static final String UNNAMED_REGION = "us-east-1";

  private final BucketStore buckets;

  GetBucketLocation(BucketStore buckets) {
    this.buckets = buckets;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_BUCKET_LOCATION;
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    String region = buckets.head(request.bucket()).region();
    return S3Response.ok(new LocationConstraint(region.equals(UNNAMED_REGION) ? "" : region));
  }

  @JsonRootName("LocationConstraint")
  record LocationConstraint(@JacksonXmlText String region) {}
}
