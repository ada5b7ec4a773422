package io.sluice.iam;

import io.sluice.auth.Identity;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Target;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What ownership and ACLs let accounts do, policies apart. Thread-safe. */
public interface AclDecision {
  /** Whether grants to everybody count. */
  enum PublicGrants {
    COUNTED,
    /** {@code IgnorePublicAcls}: as if they were not there. */
    IGNORED
  }

  /**
   * Whether ownership or a grant lets an account do something.
   *
   * @param identity who asks; an identity of an account stands for the whole account
   * @param operation what they want to do
   * @param target to a bucket or an object
   * @param versionId the object's version, or null for the current one
   * @param publicGrants whether grants to everybody count
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  boolean allows(
      Identity identity,
      S3Operation operation,
      S3Target target,
      @Nullable String versionId,
      PublicGrants publicGrants)
      throws IOException;

  /**
   * Whether an object belongs to its bucket's owner: the bucket's policy is about no others. True
   * for an object that is not there.
   */
  default boolean belongsToBucketOwner(S3Target.ObjectTarget object, @Nullable String versionId)
      throws IOException {
    return true;
  }
}
