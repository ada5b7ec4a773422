package io.sluice.iam.policy;

import io.sluice.iam.policy.PrincipalPattern.Match;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The policies that have a say in a request. Immutable.
 *
 * @param identity those of who asks
 * @param session the one that narrows a session, or null
 * @param bucket the bucket's, or null
 */
public record PolicySet(List<Named> identity, @Nullable Policy session, @Nullable Policy bucket) {
  /** No policies. */
  public static final PolicySet EMPTY = new PolicySet(List.of(), null, null);

  /** A policy with the name by which people know it. */
  public record Named(String name, Policy policy) {}

  /** Copies the list. */
  public PolicySet {
    identity = List.copyOf(identity);
  }

  /** The statement that decided something: which policy, which Sid. */
  public record Source(String policy, String sid) {
    @Override
    public String toString() {
      return policy + ", statement " + sid;
    }
  }

  /** How far a bucket's policy allows. */
  public enum Grant {
    NONE,
    /** To the account of who asks, to pass on by its own policies. */
    ACCOUNT,
    /** To who asks. */
    DIRECT
  }

  /**
   * What the policies say to a request, before anything else is asked.
   *
   * @param denied the statement that denies it, or null
   * @param identity the statement of an identity policy that allows it, or null
   * @param session the statement of the session policy that allows it, or null
   * @param bucket the statement of the bucket policy that allows it, or null
   * @param grant how far that goes
   */
  public record Findings(
      @Nullable Source denied,
      @Nullable Source identity,
      @Nullable Source session,
      @Nullable Source bucket,
      Grant grant) {}

  /** This set for a bucket with another policy. */
  public PolicySet withBucket(@Nullable Policy policy) {
    return new PolicySet(identity, session, policy);
  }

  /**
   * Asks every policy.
   *
   * @throws IOException when a value of the request cannot be looked up
   */
  public Findings evaluate(PolicyRequest request) throws IOException {
    List<Named> all = new ArrayList<>(identity);
    if (session != null) {
      all.add(new Named("session policy", session));
    }
    if (bucket != null) {
      all.add(new Named("bucket policy", bucket));
    }
    for (Named named : all) {
      Optional<Statement> denying = named.policy().denying(request);
      if (denying.isPresent()) {
        Source source = new Source(named.name(), denying.get().sid());
        return new Findings(source, null, null, null, Grant.NONE);
      }
    }
    Source ofIdentity = null;
    for (Named named : identity) {
      Policy.Allowance allowance = ofIdentity == null ? named.policy().allowing(request) : null;
      if (allowance != null) {
        ofIdentity = new Source(named.name(), allowance.statement().sid());
      }
    }
    Policy.Allowance bySession = session == null ? null : session.allowing(request);
    Policy.Allowance byBucket = bucket == null ? null : bucket.allowing(request);
    return new Findings(
        null,
        ofIdentity,
        bySession == null ? null : new Source("session policy", bySession.statement().sid()),
        byBucket == null ? null : new Source("bucket policy", byBucket.statement().sid()),
        byBucket == null
            ? Grant.NONE
            : byBucket.match() == Match.DIRECT ? Grant.DIRECT : Grant.ACCOUNT);
  }
}
