package io.sluice.iam;

import io.sluice.iam.policy.PolicySet;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may do something, and why. Immutable.
 *
 * @param outcome the answer
 * @param reason what decided it, in words
 * @param source the policy and the Sid of its statement; null when no statement decided it
 */
public record Decision(Outcome outcome, String reason, PolicySet.@Nullable Source source) {
  /** The answer. */
  public enum Outcome {
    ALLOWED,
    /** A statement denies it, whatever else allows it. */
    EXPLICITLY_DENIED,
    /** Nothing allows it. */
    IMPLICITLY_DENIED
  }

  static Decision allowed(String reason) {
    return new Decision(Outcome.ALLOWED, reason, null);
  }

  static Decision allowed(String reason, PolicySet.@Nullable Source source) {
    return new Decision(Outcome.ALLOWED, reason, source);
  }

  static Decision denied(String reason) {
    return new Decision(Outcome.IMPLICITLY_DENIED, reason, null);
  }

  static Decision denied(PolicySet.Source source) {
    return new Decision(Outcome.EXPLICITLY_DENIED, source.toString(), source);
  }

  /** Whether it may go on. */
  public boolean isAllowed() {
    return outcome == Outcome.ALLOWED;
  }
}
