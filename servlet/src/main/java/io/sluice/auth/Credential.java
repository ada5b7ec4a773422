package io.sluice.auth;

import io.sluice.auth.member.Member;
import org.jspecify.annotations.Nullable;

/**
 * An access key of an account, or of somebody in it. Immutable; its secret and token never appear
 * in text.
 */
public final class Credential {
  private final String accessKeyId;
  private final String secretAccessKey;
  private final @Nullable String sessionToken;
  private final Account account;
  private final Member member;

  /** A key of an account itself. */
  public Credential(
      String accessKeyId, String secretAccessKey, @Nullable String sessionToken, Account account) {
    this(accessKeyId, secretAccessKey, sessionToken, account, new Member.Root());
  }

  /** A key of somebody in an account. */
  public Credential(
      String accessKeyId,
      String secretAccessKey,
      @Nullable String sessionToken,
      Account account,
      Member member) {
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
    this.sessionToken = sessionToken;
    this.account = account;
    this.member = member;
  }

  /** The public half. */
  public String accessKeyId() {
    return accessKeyId;
  }

  /** The secret half: for signing, and for showing it once to whoever created it. */
  public String secretAccessKey() {
    return secretAccessKey;
  }

  /** The token that requests must carry; null for a long-lived key. */
  @Nullable String sessionToken() {
    return sessionToken;
  }

  /** Whose key it is. */
  public Account account() {
    return account;
  }

  /** Who of that account it belongs to. */
  public Member member() {
    return member;
  }

  /** The identity of a request signed with it: what an account's role gives is its root's alone. */
  public Identity identity() {
    Identity.Role role = member instanceof Member.Root ? account.role() : Identity.Role.USER;
    return new Identity(account.canonicalId(), account.displayName(), accessKeyId, role, member);
  }

  @Override
  public String toString() {
    return "Credential[" + accessKeyId + " of " + account.name() + "]";
  }
}
