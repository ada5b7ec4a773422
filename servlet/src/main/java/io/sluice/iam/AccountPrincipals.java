package io.sluice.iam;

import io.sluice.auth.Account;
import io.sluice.auth.Credential;
import io.sluice.auth.CredentialStore;
import io.sluice.auth.Identity;
import io.sluice.iam.policy.PolicySet;
import io.sluice.iam.policy.PrincipalPattern;
import io.sluice.iam.policy.Requester;
import io.sluice.model.AccountId;

/** Accounts without users: every key is the key of its account's root. Thread-safe. */
public final class AccountPrincipals implements Principals {
  private final CredentialStore credentials;

  /** The accounts of a store. */
  public AccountPrincipals(CredentialStore credentials) {
    this.credentials = credentials;
  }

  @Override
  public Requester requester(Identity identity) {
    String canonicalId = identity.canonicalId();
    return identity.isAnonymous()
        ? Requester.ANONYMOUS
        : Requester.ofAccount(AccountId.of(canonicalId), canonicalId);
  }

  @Override
  public PolicySet policies(Identity identity) {
    return PolicySet.EMPTY;
  }

  @Override
  public boolean exists(PrincipalPattern principal) {
    if (principal instanceof PrincipalPattern.Account account) {
      return credentials.all().stream()
          .map(Credential::account)
          .map(Account::canonicalId)
          .anyMatch(id -> AccountId.of(id).equals(account.accountId()));
    }
    if (principal instanceof PrincipalPattern.CanonicalUser user) {
      return credentials.all().stream()
          .anyMatch(key -> key.account().canonicalId().equals(user.canonicalId()));
    }
    return !(principal instanceof PrincipalPattern.Arn);
  }
}
