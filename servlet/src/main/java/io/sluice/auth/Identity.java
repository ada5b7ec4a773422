package io.sluice.auth;

import io.sluice.auth.member.Member;

/**
 * Who makes a request. Immutable; holds no secret.
 *
 * @param canonicalId canonical id of the account, 64 hex digits
 * @param displayName the account's display name
 * @param accessKeyId the key that signed; empty for the anonymous
 * @param role what it may do before any policy
 * @param member who of the account it is
 */
public record Identity(
    String canonicalId, String displayName, String accessKeyId, Role role, Member member) {
  /** The identity of an account itself. */
  public Identity(String canonicalId, String displayName, String accessKeyId, Role role) {
    this(canonicalId, displayName, accessKeyId, role, new Member.Root());
  }

  /** What somebody may do before any policy. */
  public enum Role {
    ADMIN,
    USER,
    ANONYMOUS
  }

  /** The canonical id that AWS gives to the anonymous user. */
  public static final String ANONYMOUS_ID =
      "65a011a29cdf8ec533ec3d1ccaae921c00000000000000000000000000000000";

  /** Nobody in particular. */
  public static final Identity ANONYMOUS =
      new Identity(ANONYMOUS_ID, "anonymous", "", Role.ANONYMOUS);

  /** Whether nobody signed. */
  public boolean isAnonymous() {
    return role == Role.ANONYMOUS;
  }
}
