package io.sluice.operation.policy;

import io.sluice.iam.BucketRules;
import io.sluice.iam.Principals;
import io.sluice.operation.OperationHandler;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Storage;
import java.util.List;

/** The operations on policies and public access blocks. */
public final class PolicyOperations {
  private PolicyOperations() {}

  /**
   * The handlers over a back end.
   *
   * @param principals whom policies may name
   */
  public static List<OperationHandler> of(Storage storage, Principals principals) {
    BucketStore buckets = storage.buckets();
    return List.of(
        new PutBucketPolicy(buckets, principals),
        new GetBucketPolicy(buckets),
        new DeleteBucketPolicy(buckets),
        new GetBucketPolicyStatus(new BucketRules(buckets)),
        new PutPublicAccessBlock(buckets),
        new GetPublicAccessBlock(buckets),
        new DeletePublicAccessBlock(buckets));
  }
}
