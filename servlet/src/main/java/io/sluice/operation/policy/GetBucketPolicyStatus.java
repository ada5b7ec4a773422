package io.sluice.operation.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.BucketRules;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * Whether the policy of a bucket lets the public in. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html">API</a>.
 */
final class GetBucketPolicyStatus implements OperationHandler {
  private final BucketRules rules;

  GetBucketPolicyStatus(BucketRules rules) {
    this.rules = rules;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.GET_BUCKET_POLICY_STATUS;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    if (rules.policy(request.bucket()) == null) {
      throw S3ErrorCode.NO_SUCH_BUCKET_POLICY.exception().with("BucketName", request.bucket());
    }
    return S3Response.ok(new PolicyStatus(rules.isPolicyPublic(request.bucket())));
  }

  @JsonRootName("PolicyStatus")
  record PolicyStatus(@JsonProperty("IsPublic") boolean isPublic) {}
}
