package io.sluice.operation.policy;

import io.sluice.error.S3ErrorCode;
import io.sluice.iam.BucketRules;
import io.sluice.iam.Principals;
import io.sluice.iam.policy.Policy;
import io.sluice.model.BucketName;
import io.sluice.operation.OperationHandler;
import io.sluice.operation.PublicAccessBlock;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Response;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import java.io.IOException;
import java.util.Set;

/**
 * Puts the policy of a bucket, when everything in it has a meaning here. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html">API</a>.
 */
final class PutBucketPolicy implements OperationHandler {
  /** Whoever locks themselves out says that they mean it. */
  static final String CONFIRM = "x-amz-confirm-remove-self-bucket-access";

  /** More than a policy may have, so that a large one is told so in its own words. */
  private static final int MAX_BODY_BYTES = 8 * Policy.MAX_BYTES;

  private final BucketStore buckets;
  private final Principals principals;

  PutBucketPolicy(BucketStore buckets, Principals principals) {
    this.buckets = buckets;
    this.principals = principals;
  }

  @Override
  public S3Operation operation() {
    return S3Operation.PUT_BUCKET_POLICY;
  }

  @Override
  public Set<Capability> requires() {
    return Set.of(Capability.BUCKET_SETTINGS);
  }

  @Override
  public S3Response handle(S3Request request) throws IOException {
    byte[] document = request.body().readAll(MAX_BODY_BYTES);
    BucketName bucket = request.bucket();
    Policy policy = Policy.ofBucket(document, bucket.value());
    if (!policy.principals().allMatch(principals::exists)) {
      throw S3ErrorCode.MALFORMED_POLICY.exception("Invalid principal in policy");
    }
    requireNoLockOut(request, policy);
    boolean isPublic = policy.isPublic();
    buckets.putSetting(
        bucket,
        BucketRules.POLICY,
        document,
        (info, settings) -> {
          boolean blocked =
              settings
                  .read(PublicAccessBlock.SETTING)
                  .map(stored -> PublicAccessBlock.parse(stored).blocksPolicy())
                  .orElse(false);
          if (isPublic && blocked) {
            throw S3ErrorCode.ACCESS_DENIED.exception(
                "The policy is public, and the bucket's public access block refuses such policies.");
          }
        });
    return S3Response.empty(204);
  }

  private void requireNoLockOut(S3Request request, Policy policy) {
    boolean confirmed = "true".equalsIgnoreCase(request.headers().get(CONFIRM));
    if (!confirmed
        && policy.denies(
            principals.requester(request.identity()), operation().action(), request.bucket())) {
      throw S3ErrorCode.ACCESS_DENIED.exception(
          "The policy denies you to change it in the future; say that you mean it with "
              + CONFIRM
              + ".");
    }
  }
}
