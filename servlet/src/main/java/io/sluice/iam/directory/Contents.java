package io.sluice.iam.directory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the directory's file holds. Immutable.
 *
 * @param sessionKey under which tokens of sessions are made; null until the first one is
 * @param accounts by canonical id
 * @param users by their ids
 * @param roles by their ids
 * @param keys by their ids
 */
record Contents(
    @Nullable SessionKey sessionKey,
    Map<String, AccountEntry> accounts,
    Map<String, User> users,
    Map<String, Role> roles,
    Map<String, AccessKey> keys) {
  static final Contents EMPTY = new Contents(null, Map.of(), Map.of(), Map.of(), Map.of());

  Contents {
    accounts = copy(accounts);
    users = copy(users);
    roles = copy(roles);
    keys = copy(keys);
  }

  private static <T> Map<String, T> copy(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
    Map<String, T> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }

  Contents with(SessionKey key) {
    return new Contents(key, accounts, users, roles, keys);
  }

  Contents with(AccountEntry account) {
    return new Contents(
        sessionKey, with(accounts, account.account().canonicalId(), account), users, roles, keys);
  }

  Contents with(User user) {
    return new Contents(sessionKey, accounts, with(users, user.member().id(), user), roles, keys);
  }

  Contents with(Role role) {
    return new Contents(sessionKey, accounts, users, with(roles, role.member().id(), role), keys);
  }

  /** Without a role. */
  Contents withoutRole(String roleId) {
    Map<String, Role> otherRoles = new LinkedHashMap<>(roles);
    otherRoles.remove(roleId);
    return new Contents(sessionKey, accounts, users, otherRoles, keys);
  }

  Contents with(AccessKey key) {
    return new Contents(sessionKey, accounts, users, roles, with(keys, key.id(), key));
  }

  /** Without an account and all that is in it. */
  Contents withoutAccount(String canonicalId) {
    Map<String, AccountEntry> otherAccounts = new LinkedHashMap<>(accounts);
    otherAccounts.remove(canonicalId);
    Map<String, User> otherUsers = new LinkedHashMap<>(users);
    otherUsers.values().removeIf(user -> user.canonicalId().equals(canonicalId));
    Map<String, AccessKey> otherKeys = new LinkedHashMap<>(keys);
    otherKeys.values().removeIf(key -> key.canonicalId().equals(canonicalId));
    Map<String, Role> otherRoles = new LinkedHashMap<>(roles);
    otherRoles.values().removeIf(role -> role.canonicalId().equals(canonicalId));
    return new Contents(sessionKey, otherAccounts, otherUsers, otherRoles, otherKeys);
  }

  /** Without a user and their keys. */
  Contents withoutUser(String userId) {
    Map<String, User> otherUsers = new LinkedHashMap<>(users);
    otherUsers.remove(userId);
    Map<String, AccessKey> otherKeys = new LinkedHashMap<>(keys);
    otherKeys.values().removeIf(key -> userId.equals(key.userId()));
    return new Contents(sessionKey, accounts, otherUsers, roles, otherKeys);
  }

  Contents withoutKey(String keyId) {
    Map<String, AccessKey> otherKeys = new LinkedHashMap<>(keys);
    otherKeys.remove(keyId);
    return new Contents(sessionKey, accounts, users, roles, otherKeys);
  }
}
