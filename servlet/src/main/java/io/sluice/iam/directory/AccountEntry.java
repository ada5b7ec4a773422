package io.sluice.iam.directory;

import io.sluice.auth.Account;
import io.sluice.model.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account that is known. Immutable.
 *
 * @param account what requests see of it
 * @param createdAt when it was made; null for one of the credentials file
 */
public record AccountEntry(Account account, @Nullable Instant createdAt) {
  /** The account's 12 digits. */
  public String accountId() {
    return AccountId.of(account.canonicalId());
  }

  /** Whether the credentials file holds it, so that it is not changed here. */
  public boolean isFixed() {
    return createdAt == null;
  }
}
