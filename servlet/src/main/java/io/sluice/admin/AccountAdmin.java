package io.sluice.admin;

import io.sluice.auth.Account;
import io.sluice.auth.Identity.Role;
import io.sluice.error.S3ErrorCode;
import io.sluice.iam.directory.AccountEntry;
import io.sluice.iam.directory.DirectoryEditor;
import io.sluice.iam.directory.DirectoryEditor.NewAccount;
import io.sluice.iam.directory.User;
import io.sluice.model.BucketInfo;
import io.sluice.storage.BucketStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Accounts, and the users in them. Accounts of the credentials file are shown, and are changed
 * there. Thread-safe.
 */
final class AccountAdmin {
  private final DirectoryEditor accounts;
  private final BucketStore buckets;
  private final JsonMapper json;

  AccountAdmin(DirectoryEditor accounts, BucketStore buckets, JsonMapper json) {
    this.accounts = accounts;
    this.buckets = buckets;
    this.json = json;
  }

  /**
   * An account.
   *
   * @param id its 12 digits
   * @param source {@code file} for one of the credentials file, {@code store} for the others
   * @param createdAt null for one of the credentials file
   */
  record AccountDetails(
      String id,
      String canonicalId,
      String displayName,
      @Nullable String email,
      String role,
      String source,
      @Nullable Instant createdAt) {
    static AccountDetails of(AccountEntry entry) {
      Account account = entry.account();
      return new AccountDetails(
          entry.accountId(),
          account.canonicalId(),
          account.displayName(),
          account.email(),
          account.role().name().toLowerCase(Locale.ROOT),
          entry.isFixed() ? "file" : "store",
          entry.createdAt());
    }
  }

  /** Accounts. */
  record AccountList(List<AccountDetails> accounts) {}

  /**
   * An account to be made.
   *
   * @param id 12 digits; any when it is null
   * @param role {@code user}, which it is when it is null, or {@code admin}
   */
  record AccountInput(
      @Nullable String displayName,
      @Nullable String id,
      @Nullable String email,
      @Nullable String role) {}

  /** A user of an account. */
  record UserDetails(
      String name, String path, String id, String arn, Instant createdAt, List<String> policies) {
    static UserDetails of(User user) {
      return new UserDetails(
          user.member().name(),
          user.member().path(),
          user.member().id(),
          user.arn(),
          user.createdAt(),
          List.copyOf(user.policies().keySet()));
    }
  }

  /** Users. */
  record UserList(List<UserDetails> users) {}

  /** A user to be made; the path is a slash when it is null. */
  record UserInput(@Nullable String name, @Nullable String path) {}

  List<AdminRoute> routes() {
    List<AdminRoute> all = new ArrayList<>(ofAccounts());
    all.addAll(ofUsers());
    return all;
  }

  private List<AdminRoute> ofAccounts() {
    return List.of(
        new AdminRoute(
            "GET",
            "/accounts",
            "All accounts.",
            null,
            AccountList.class,
            (request, parameters) ->
                new AccountList(
                    accounts.directory().accounts().stream().map(AccountDetails::of).toList())),
        new AdminRoute(
            "POST",
            "/accounts",
            "Makes an account; it has no keys yet.",
            AccountInput.class,
            AccountDetails.class,
            (request, parameters) -> create(request.read(json, AccountInput.class))),
        new AdminRoute(
            "GET",
            "/accounts/{account}",
            "An account, by its 12 digits or its canonical id.",
            null,
            AccountDetails.class,
            (request, parameters) -> AccountDetails.of(accounts.account(parameters.get(0)))),
        new AdminRoute(
            "DELETE",
            "/accounts/{account}",
            "Removes an account that has no buckets, with its users and keys.",
            null,
            AccountDetails.class,
            (request, parameters) -> delete(parameters.get(0))));
  }

  private List<AdminRoute> ofUsers() {
    return List.of(
        new AdminRoute(
            "GET",
            "/accounts/{account}/users",
            "The users of an account.",
            null,
            UserList.class,
            (request, parameters) ->
                new UserList(
                    accounts.directory().users(account(parameters)).stream()
                        .map(UserDetails::of)
                        .toList())),
        new AdminRoute(
            "POST",
            "/accounts/{account}/users",
            "Makes a user, who may do nothing yet.",
            UserInput.class,
            UserDetails.class,
            (request, parameters) ->
                create(account(parameters), request.read(json, UserInput.class))),
        new AdminRoute(
            "GET",
            "/accounts/{account}/users/{user}",
            "A user.",
            null,
            UserDetails.class,
            (request, parameters) ->
                UserDetails.of(accounts.user(account(parameters), parameters.get(1)))),
        new AdminRoute(
            "DELETE",
            "/accounts/{account}/users/{user}",
            "Removes a user with their keys and policies.",
            null,
            UserDetails.class,
            (request, parameters) ->
                UserDetails.of(accounts.deleteUser(account(parameters), parameters.get(1)))));
  }

  private Account account(List<String> parameters) {
    return accounts.account(parameters.get(0)).account();
  }

  private AccountDetails create(AccountInput input) throws IOException {
    String role = input.role() == null ? "user" : input.role();
    if (input.displayName() == null || !List.of("user", "admin").contains(role)) {
      throw S3ErrorCode.INVALID_REQUEST.exception(
          "An account has a displayName, and its role is user or admin.");
    }
    return AccountDetails.of(
        accounts.create(
            new NewAccount(
                input.displayName(),
                input.id(),
                input.email(),
                role.equals("admin") ? Role.ADMIN : Role.USER)));
  }

  private AccountDetails delete(String id) throws IOException {
    String canonicalId = accounts.account(id).account().canonicalId();
    for (BucketInfo bucket : buckets.list("", null, Integer.MAX_VALUE)) {
      if (bucket.ownerId().equals(canonicalId)) {
        throw S3ErrorCode.DELETE_CONFLICT.exception(
            "The account owns buckets, such as " + bucket.name().value() + ".");
      }
    }
    return AccountDetails.of(accounts.deleteAccount(id));
  }

  private UserDetails create(Account account, UserInput input) throws IOException {
    if (input.name() == null) {
      throw S3ErrorCode.INVALID_REQUEST.exception("A user has a name.");
    }
    String path = input.path() == null ? "/" : input.path();
    return UserDetails.of(accounts.createUser(account, input.name(), path));
  }
}
