package io.sluice.iam.policy;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, as policies see it. Immutable.
 *
 * @param kind what it is
 * @param accountId the account's 12 digits; empty for the anonymous and for services
 * @param canonicalId the account's canonical id; empty likewise
 * @param arn such as {@code arn:aws:iam::123456789012:user/Ada}; a service's name; empty for the
 *     anonymous
 * @param userName name of a user, or null
 * @param userId {@code aws:userid}; empty for the anonymous
 * @param roleArn ARN of the role of a session, or null
 */
public record Requester(
    Kind kind,
    String accountId,
    String canonicalId,
    String arn,
    @Nullable String userName,
    String userId,
    @Nullable String roleArn) {
  /** What somebody is; the wire name is the value of {@code aws:PrincipalType}. */
  public enum Kind {
    ANONYMOUS("Anonymous"),
    /** The account itself: its root. */
    ACCOUNT("Account"),
    USER("User"),
    ASSUMED_ROLE("AssumedRole"),
    /** A session that somebody got for another. */
    FEDERATED_USER("FederatedUser"),
    SERVICE("Service");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** The value of {@code aws:PrincipalType}. */
    public String wireName() {
      return wireName;
    }
  }

  /** Nobody in particular. */
  public static final Requester ANONYMOUS =
      new Requester(Kind.ANONYMOUS, "", "", "", null, "", null);

  /** The root of an account. */
  public static Requester ofAccount(String accountId, String canonicalId) {
    String arn = "arn:aws:iam::" + accountId + ":root";
    return new Requester(Kind.ACCOUNT, accountId, canonicalId, arn, null, accountId, null);
  }

  /** Whether it belongs to an account. */
  public boolean hasAccount() {
    return kind != Kind.ANONYMOUS && kind != Kind.SERVICE;
  }
}
