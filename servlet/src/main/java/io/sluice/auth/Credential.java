package io.sluice.auth;

import org.jspecify.annotations.Nullable;

/** An access key of an account. Immutable; its secret and token never appear in text. */
public final class Credential {
  private final String accessKeyId;
  private final String secretAccessKey;
  private final @Nullable String sessionToken;
  private final Account account;

  /** A key. */
  public Credential(
      String accessKeyId, String secretAccessKey, @Nullable String sessionToken, Account account) {
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
    this.sessionToken = sessionToken;
    this.account = account;
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

  @Override
  public String toString() {
    return "Credential[" + accessKeyId + " of " + account.name() + "]";
  }
}
