package io.sluice.iam;

/**
 * Whether somebody may do something, and why. Immutable.
 *
 * @param outcome the answer
 * @param reason what decided it, such as a policy and the Sid of its statement
 */
public record Decision(Outcome outcome, String reason) {
  /** The answer. */
  public enum Outcome {
    ALLOWED,
    /** A statement denies it, whatever else allows it. */
    EXPLICITLY_DENIED,
    /** Nothing allows it. */
    IMPLICITLY_DENIED
  }

  static Decision allowed(String reason) {
    return new Decision(Outcome.ALLOWED, reason);
  }

  static Decision denied(String reason) {
    return new Decision(Outcome.IMPLICITLY_DENIED, reason);
  }

  /** Whether it may go on. */
  public boolean isAllowed() {
    return outcome == Outcome.ALLOWED;
  }
}
