package io.sluice.iam;

import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.AclDecision.PublicGrants;
import io.sluice.iam.policy.ConditionContext;
import io.sluice.iam.policy.PolicyRequest;
import io.sluice.iam.policy.PolicySet;
import io.sluice.iam.policy.Requester;
import io.sluice.model.BucketName;
import io.sluice.operation.S3Operation;
import io.sluice.protocol.S3Request;
import io.sluice.protocol.S3Target;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether somebody may do one thing, in AWS's order: a statement that denies wins; a
 * session may do no more than its policy allows; and then either side must agree. The side of who
 * asks is their account's root, or their own policies. The side of the resource is its owner or a
 * grant, or the bucket's policy. A bucket's policy that allows somebody of its owner's account by
 * name, or everybody, is enough by itself, and so is a grant to everybody. Administrators are bound
 * by the policy of their session alone. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Evaluation
 *     logic</a>
 */
public final class AccessDecisions {
  private final Principals principals;
  private final BucketRules rules;
  private final AclDecision acls;
  private final Storage storage;
  private final PrincipalKeys.Surroundings surroundings;

  /**
   * Decisions about a store.
   *
   * @param region the gateway's region
   */
  public AccessDecisions(
      Principals principals, AclDecision acls, Storage storage, String region, Clock clock) {
    this.principals = principals;
    this.rules = new BucketRules(storage.buckets());
    this.acls = acls;
    this.storage = storage;
    this.surroundings = new PrincipalKeys.Surroundings(storage.objects(), region, clock);
  }

  /**
   * Decides.
   *
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  Decision decide(Identity identity, Need need, S3Request request) throws IOException {
    return decide(identity, need, keys -> new RequestKeys(keys, request));
  }

  /**
   * Decides.
   *
   * @param context makes the values of condition keys of those that depend on no request
   * @throws io.sluice.error.S3Exception NoSuchBucket
   */
  Decision decide(Identity identity, Need need, Function<PrincipalKeys, ConditionContext> context)
      throws IOException {
    PolicySet policies = principals.policies(identity);
    boolean administrator = identity.role() == Identity.Role.ADMIN;
    if (administrator && policies.session() == null) {
      return Decision.allowed("administrator");
    }
    Requester requester = principals.requester(identity);
    BucketName bucket = need.bucket();
    String ownerId = bucket == null ? null : storage.buckets().head(bucket).ownerId();
    PolicySet all = bucket == null ? policies : policies.withBucket(rules.policy(bucket));
    PolicyRequest question =
        new PolicyRequest(
            requester,
            need.action(),
            need.arn(),
            context.apply(new PrincipalKeys(surroundings, requester, need, ownerId)));
    PolicySet.Findings findings = all.evaluate(question);
    if (findings.denied() != null && !isRecovery(requester, ownerId, need.operation())) {
      return Decision.denied(findings.denied());
    }
    if (all.session() != null && findings.session() == null) {
      return Decision.denied("the session policy does not allow it");
    }
    if (administrator) {
      return Decision.allowed("administrator");
    }
    return new Sides(identity, requester, need, ownerId, findings).decide();
  }

  /** An account's root manages its buckets' policies whatever they say, or it were locked out. */
  private static boolean isRecovery(
      Requester requester, @Nullable String ownerId, S3Operation operation) {
    return requester.kind() == Requester.Kind.ACCOUNT
        && requester.canonicalId().equals(ownerId)
        && switch (operation) {
          case GET_BUCKET_POLICY, PUT_BUCKET_POLICY, DELETE_BUCKET_POLICY -> true;
          default -> false;
        };
  }

  /** Both sides of a question that nothing denies. */
  private final class Sides {
    private final Identity identity;
    private final Requester requester;
    private final Need need;
    private final @Nullable String ownerId;
    private final PolicySet.Findings findings;

    Sides(
        Identity identity,
        Requester requester,
        Need need,
        @Nullable String ownerId,
        PolicySet.Findings findings) {
      this.identity = identity;
      this.requester = requester;
      this.need = need;
      this.ownerId = ownerId;
      this.findings = findings;
    }

    Decision decide() throws IOException {
      boolean root = requester.kind() == Requester.Kind.ACCOUNT;
      boolean own = root || findings.identity() != null;
      BucketName bucket = need.bucket();
      if (bucket == null || ownerId == null) {
        return own
            ? Decision.allowed(
                root ? "account" : String.valueOf(findings.identity()), findings.identity())
            : Decision.denied("no identity policy allows it");
      }
      boolean same = requester.hasAccount() && requester.canonicalId().equals(ownerId);
      PolicySet.Grant grant = grant(bucket, same);
      if (grant == PolicySet.Grant.DIRECT && (same || !requester.hasAccount())) {
        return Decision.allowed(String.valueOf(findings.bucket()), findings.bucket());
      }
      if (own && grant != PolicySet.Grant.NONE) {
        requireOwnersAccount(same);
        return Decision.allowed(String.valueOf(findings.bucket()), findings.bucket());
      }
      PublicGrants publicGrants =
          rules.publicAccess(bucket).ignoresAcls() ? PublicGrants.IGNORED : PublicGrants.COUNTED;
      if (own && isGranted(identity, publicGrants)) {
        return Decision.allowed(
            root ? "owner or ACL" : findings.identity() + ", and the owner or an ACL",
            findings.identity());
      }
      if (publicGrants == PublicGrants.COUNTED && isGranted(Identity.ANONYMOUS, publicGrants)) {
        return Decision.allowed("public ACL");
      }
      return Decision.denied(
          own ? "the owner of the resource does not allow it" : "no policy allows it");
    }

    /**
     * How far the bucket's policy allows it, when it is about the object and may let anybody in.
     */
    private PolicySet.Grant grant(BucketName bucket, boolean same) throws IOException {
      if (findings.grant() == PolicySet.Grant.NONE) {
        return findings.grant();
      }
      boolean restricted =
          !same && rules.isPolicyPublic(bucket) && rules.publicAccess(bucket).restrictsBucket();
      boolean about =
          !(need.target() instanceof S3Target.ObjectTarget object)
              || acls.belongsToBucketOwner(object, need.versionId());
      return restricted || !about ? PolicySet.Grant.NONE : findings.grant();
    }

    /** As on AWS, other accounts manage no policies, whatever these let them do. */
    private void requireOwnersAccount(boolean same) {
      boolean aboutPolicy =
          switch (need.operation()) {
            case GET_BUCKET_POLICY, PUT_BUCKET_POLICY, DELETE_BUCKET_POLICY -> true;
            default -> false;
          };
      if (aboutPolicy && !same) {
        throw S3ErrorCode.METHOD_NOT_ALLOWED.exception();
      }
    }

    private boolean isGranted(Identity grantee, PublicGrants publicGrants) throws IOException {
      return acls.allows(grantee, need.operation(), need.target(), need.versionId(), publicGrants);
    }
  }
}
