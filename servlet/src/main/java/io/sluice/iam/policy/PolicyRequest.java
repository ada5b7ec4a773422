package io.sluice.iam.policy;

/**
 * A question that policies answer: may somebody do one thing to one resource. Immutable but for its
 * context.
 *
 * @param requester who asks
 * @param action such as {@code s3:GetObject}
 * @param resource the ARN, such as {@code arn:aws:s3:::bucket/key}
 * @param context values of condition keys
 */
public record PolicyRequest(
    Requester requester, String action, String resource, ConditionContext context) {
  /** The ARN of a bucket. */
  public static String bucketArn(String bucket) {
    return ResourceElement.ARN + bucket;
  }

  /** The ARN of an object. */
  public static String objectArn(String bucket, String key) {
    return ResourceElement.ARN + bucket + "/" + key;
  }
}
