package io.sluice.operation;

import io.sluice.auth.Account;
import io.sluice.auth.Credential;
import io.sluice.auth.CredentialStore;
import io.sluice.auth.Identity;
import java.util.List;
import java.util.Optional;

/** The accounts that tests know: who asks by default, another, and two that share an address. */
public final class FixtureAccounts implements CredentialStore {
  /** An account beside {@link RequestFixture#OWNER}. */
  public static final Identity OTHER =
      new Identity("b".repeat(64), "other", "AKIDOTHER", Identity.Role.USER);

  /** The secret of all their keys, for what is signed in a body. */
  public static final String SECRET = "secret of the fixture";

  private static final List<Credential> ALL =
      List.of(
          credential(RequestFixture.OWNER, "owner@example.com"),
          credential(OTHER, "other@example.com"),
          credential(twin("c"), "twins@example.com"),
          credential(twin("d"), "twins@example.com"));

  private static Identity twin(String digit) {
    return new Identity(digit.repeat(64), "twin " + digit, "AKIDTWIN" + digit, Identity.Role.USER);
  }

  private static Credential credential(Identity identity, String email) {
    return new Credential(
        identity.accessKeyId(),
        SECRET,
        null,
        new Account(
            identity.displayName(),
            identity.canonicalId(),
            identity.displayName(),
            email,
            identity.role()));
  }

  @Override
  public Optional<Credential> find(String accessKeyId) {
    return ALL.stream().filter(key -> key.accessKeyId().equals(accessKeyId)).findFirst();
  }

  @Override
  public List<Credential> all() {
    return ALL;
  }
}
