package io.sluice.iam;

import io.sluice.auth.Identity;
import io.sluice.iam.policy.PolicySet;
import io.sluice.iam.policy.PrincipalPattern;
import io.sluice.iam.policy.Requester;
import java.io.IOException;

/** What policies know of identities. Thread-safe. */
public interface Principals {
  /** Who somebody is to a policy. */
  Requester requester(Identity identity);

  /**
   * The policies that somebody has, those of groups and of the session included; none for an
   * account's root.
   *
   * @throws IOException when they cannot be read
   */
  PolicySet policies(Identity identity) throws IOException;

  /** Whether there is such a principal: a bucket's policy may name no others. */
  boolean exists(PrincipalPattern principal);
}
