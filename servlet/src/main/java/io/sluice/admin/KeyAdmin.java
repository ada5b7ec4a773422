package io.sluice.admin;

import io.sluice.auth.Account;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.directory.AccessKey;
import io.sluice.iam.directory.DirectoryEditor;
import io.sluice.iam.directory.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The keys of accounts and their users; a secret is shown when it is made, and never again.
 * Thread-safe.
 */
final class KeyAdmin {
  private final DirectoryEditor accounts;
  private final JsonMapper json;

  KeyAdmin(DirectoryEditor accounts, JsonMapper json) {
    this.accounts = accounts;
    this.json = json;
  }

  /**
   * A key.
   *
   * @param user whose; null for the account's own
   * @param status {@code active} or {@code disabled}
   * @param source {@code file} for one of the credentials file, {@code store} for the others
   * @param createdAt null for one of the credentials file
   * @param secretAccessKey in the answer that makes it; null in all others
   */
  record KeyDetails(
      String accessKeyId,
      String account,
      @Nullable String user,
      String status,
      String source,
      @Nullable Instant createdAt,
      @Nullable String secretAccessKey) {
    @Override
    public String toString() {
      return "KeyDetails[" + accessKeyId + "]";
    }
  }

  /** Keys. */
  record KeyList(List<KeyDetails> keys) {}

  /** A key to be made; the account's own when the user is null. */
  record KeyInput(@Nullable String user) {}

  /** Whether a key is to be {@code active} or {@code disabled}. */
  record KeyStatus(@Nullable String status) {}

  List<AdminRoute> routes() {
    return List.of(
        new AdminRoute(
            "GET",
            "/accounts/{account}/keys",
            "The keys of an account and its users.",
            null,
            KeyList.class,
            (request, parameters) -> all(account(parameters))),
        new AdminRoute(
            "POST",
            "/accounts/{account}/keys",
            "Makes a key for an account or one of its users, and shows its secret this once.",
            KeyInput.class,
            KeyDetails.class,
            (request, parameters) -> {
              AccessKey key =
                  accounts.createKey(
                      account(parameters), request.read(json, KeyInput.class).user());
              return details(key, key.secret());
            }),
        new AdminRoute(
            "GET",
            "/accounts/{account}/keys/{key}",
            "A key.",
            null,
            KeyDetails.class,
            (request, parameters) -> one(account(parameters), parameters.get(1))),
        new AdminRoute(
            "PATCH",
            "/accounts/{account}/keys/{key}",
            "Enables or disables a key; it holds at once.",
            KeyStatus.class,
            KeyDetails.class,
            (request, parameters) ->
                details(
                    accounts.setStatus(
                        account(parameters),
                        parameters.get(1),
                        status(request.read(json, KeyStatus.class))),
                    null)),
        new AdminRoute(
            "DELETE",
            "/accounts/{account}/keys/{key}",
            "Removes a key.",
            null,
            KeyDetails.class,
            (request, parameters) ->
                details(accounts.deleteKey(account(parameters), parameters.get(1)), null)));
  }

  private Account account(List<String> parameters) {
    return accounts.account(parameters.get(0)).account();
  }

  private KeyList all(Account account) {
    List<KeyDetails> keys = new ArrayList<>();
    String accountId = accounts.account(account.canonicalId()).accountId();
    accounts
        .directory()
        .fixedKeys(account)
        .forEach(id -> keys.add(new KeyDetails(id, accountId, null, "active", "file", null, null)));
    accounts.directory().keys(account).forEach(key -> keys.add(details(key, null)));
    return new KeyList(keys);
  }

  private KeyDetails one(Account account, String keyId) {
    return all(account).keys().stream()
        .filter(key -> key.accessKeyId().equals(keyId))
        .findFirst()
        .orElseThrow(S3ErrorCode.NO_SUCH_ENTITY::exception);
  }

  private KeyDetails details(AccessKey key, @Nullable String secret) {
    User user = accounts.owner(key);
    return new KeyDetails(
        key.id(),
        accounts.account(key.canonicalId()).accountId(),
        user == null ? null : user.member().name(),
        key.status().name().toLowerCase(Locale.ROOT),
        "store",
        key.createdAt(),
        secret);
  }

  private static AccessKey.Status status(KeyStatus wanted) {
    if ("active".equals(wanted.status())) {
      return AccessKey.Status.ACTIVE;
    }
    if ("disabled".equals(wanted.status())) {
      return AccessKey.Status.DISABLED;
    }
    throw S3ErrorCode.INVALID_REQUEST.exception("status is active or disabled.");
  }
}
