package io.sluice.iam.acl;

import io.sluice.auth.Account;
import io.sluice.auth.CredentialStore;
import io.sluice.auth.Identity;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.acl.Grantee.CanonicalUser;
import io.sluice.iam.acl.Grantee.Group;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds who is meant by what a client writes, and what they are called. Thread-safe. */
final class Grantees {
  private final CredentialStore accounts;

  Grantees(CredentialStore accounts) {
    this.accounts = accounts;
  }

  /**
   * An account.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument when there is none of that id
   */
  Grantee byId(String id) {
    CanonicalUser user = new CanonicalUser(id);
    boolean known =
        user.equals(CanonicalUser.EXECUTION)
            || id.equals(Identity.ANONYMOUS_ID)
            || accounts.account(id).isPresent();
    if (!known) {
      throw S3ErrorCode.INVALID_ARGUMENT
          .exception("Invalid id")
          .with("ArgumentName", "CanonicalUser/ID")
          .with("ArgumentValue", id);
    }
    return user;
  }

  /**
   * The account with an e-mail address.
   *
   * @throws io.sluice.error.S3Exception UnresolvableGrantByEmailAddress,
   *     AmbiguousGrantByEmailAddress
   */
  Grantee byEmail(String email) {
    List<Account> found = accounts.accountsByEmail(email);
    if (found.isEmpty()) {
      throw S3ErrorCode.UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS
          .exception()
          .with("ArgumentName", "EmailAddress")
          .with("ArgumentValue", email);
    }
    if (found.size() > 1) {
      throw S3ErrorCode.AMBIGUOUS_GRANT_BY_EMAIL_ADDRESS
          .exception()
          .with("ArgumentName", "EmailAddress")
          .with("ArgumentValue", email);
    }
    return new CanonicalUser(found.get(0).canonicalId());
  }

  /**
   * A group.
   *
   * @throws io.sluice.error.S3Exception InvalidArgument when there is none at that address
   */
  static Grantee byUri(String uri) {
    return Group.of(uri)
        .orElseThrow(
            () ->
                S3ErrorCode.INVALID_ARGUMENT
                    .exception("Invalid group uri")
                    .with("ArgumentName", "Group/URI")
                    .with("ArgumentValue", uri));
  }

  /** The display name of an account; null for one that is not there any more. */
  @Nullable String displayName(String canonicalId) {
    if (canonicalId.equals(Identity.ANONYMOUS_ID)) {
      return Identity.ANONYMOUS.displayName();
    }
    return accounts.account(canonicalId).map(Account::displayName).orElse(null);
  }
}
