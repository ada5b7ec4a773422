package io.sluice.auth;

import java.util.List;
import java.util.Optional;

/** Where access keys are found. Thread-safe; look-ups are fast. */
public interface CredentialStore {
  /** The key with an id. */
  Optional<Credential> find(String accessKeyId);

  /**
   * The key with an id of a request that carries a token: one that lives for a while, perhaps,
   * which the token alone knows. Whoever asks compares the token with the key's.
   *
   * @throws io.sluice.error.S3Exception ExpiredToken; InvalidToken
   */
  default Optional<Credential> find(String accessKeyId, String token) {
    return find(accessKeyId);
  }

  /** All keys, in the order of their source; the same list as long as nothing changes. */
  List<Credential> all();

  /** The account with a canonical id. */
  default Optional<Account> account(String canonicalId) {
    return all().stream()
        .map(Credential::account)
        .filter(account -> account.canonicalId().equals(canonicalId))
        .findFirst();
  }

  /** The accounts with an e-mail address, in any letter case; more than one may have it. */
  default List<Account> accountsByEmail(String email) {
    return all().stream()
        .map(Credential::account)
        .filter(account -> email.equalsIgnoreCase(account.email()))
        .distinct()
        .toList();
  }
}
