package io.sluice.sts;

import io.sluice.iam.Principals;
import io.sluice.iam.directory.Directory;
import io.sluice.iam.directory.Role;
import io.sluice.iam.policy.PolicyRequest;
import io.sluice.iam.policy.PolicySet;
import io.sluice.iam.policy.Requester;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Whether somebody may have a session that is more than their own. Thread-safe. */
final class TokenPermissions {
  private static final String FEDERATE = "sts:GetFederationToken";
  private static final String ASSUME = "sts:AssumeRole";

  private final Directory directory;
  private final Principals principals;
  private final Clock clock;

  TokenPermissions(Directory directory, Principals principals, Clock clock) {
    this.directory = directory;
    this.principals = principals;
    this.clock = clock;
  }

  /**
   * An account's root may have sessions for others; a user may when a policy of theirs says so.
   *
   * @throws TokenRefusal AccessDenied
   */
  void requireFederation(TokenService.Caller caller, String resource) throws IOException {
    Requester requester = principals.requester(caller.identity());
    if (requester.kind() == Requester.Kind.ACCOUNT) {
      return;
    }
    PolicySet policies = principals.policies(caller.identity());
    PolicySet.Findings findings =
        policies.evaluate(
            new PolicyRequest(requester, FEDERATE, resource, keys(requester, caller, null)));
    if (findings.denied() != null || findings.identity() == null) {
      throw denied(requester, FEDERATE, resource);
    }
  }

  /**
   * The role of an ARN, when its policy trusts whoever asks: by name, which is enough in its own
   * account, or by their account, which must agree by its own policies.
   *
   * @throws TokenRefusal AccessDenied, for a role that is not there as well
   */
  Role requireRole(TokenService.Caller caller, String arn, TokenKeys.RoleSession session)
      throws IOException {
    Requester requester = principals.requester(caller.identity());
    Role role = directory.roleNamed(arn).orElse(null);
    if (role == null) {
      throw denied(requester, ASSUME, arn);
    }
    PolicySet policies = principals.policies(caller.identity()).withBucket(role.trust().policy());
    PolicySet.Findings findings =
        policies.evaluate(
            new PolicyRequest(requester, ASSUME, arn, keys(requester, caller, session)));
    boolean same = role.canonicalId().equals(requester.canonicalId());
    boolean own = requester.kind() == Requester.Kind.ACCOUNT || findings.identity() != null;
    boolean trusted =
        (findings.grant() == PolicySet.Grant.DIRECT && same)
            || (findings.grant() != PolicySet.Grant.NONE && own);
    if (findings.denied() != null || !trusted) {
      throw denied(requester, ASSUME, arn);
    }
    return role;
  }

  private TokenKeys keys(
      Requester requester, TokenService.Caller caller, TokenKeys.@Nullable RoleSession session) {
    return new TokenKeys(requester, caller.origin(), clock.instant(), session);
  }

  private static TokenRefusal denied(Requester requester, String action, String resource) {
    return new TokenRefusal(
        403,
        "AccessDenied",
        "User: "
            + requester.arn()
            + " is not authorized to perform: "
            + action
            + " on resource: "
            + resource);
  }
}
