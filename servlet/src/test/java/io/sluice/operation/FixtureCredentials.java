package io.sluice.operation;

import io.sluice.auth.Account;
import io.sluice.auth.Credential;
import io.sluice.auth.CredentialStore;
import java.util.List;
import java.util.Optional;

/** The key of {@link RequestFixture#OWNER}, for what is signed in a body. */
public final class FixtureCredentials implements CredentialStore {
  /** The secret of the key. */
  public static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  private final Credential owner =
      new Credential(
          RequestFixture.OWNER.accessKeyId(),
          SECRET,
          null,
          new Account(
              "owner",
              RequestFixture.OWNER.canonicalId(),
              "owner",
              null,
              RequestFixture.OWNER.role()));

  @Override
  public Optional<Credential> find(String accessKeyId) {
    return accessKeyId.equals(owner.accessKeyId()) ? Optional.of(owner) : Optional.empty();
  }

  @Override
  public List<Credential> all() {
    return List.of(owner);
  }
}
