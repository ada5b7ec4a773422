package io.sluice.iam.directory;

import io.sluice.auth.member.Member;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A user of an account. Immutable.
 *
 * @param canonicalId canonical id of the account
 * @param member name, path and id
 * @param createdAt when it was made
 * @param policies what it may do, by name
 */
public record User(
    String canonicalId,
    Member.User member,
    Instant createdAt,
    Map<String, IdentityPolicy> policies) {
  /** Copies the policies, in the order of their names. */
  public User {
    policies = Collections.unmodifiableMap(new TreeMap<>(policies));
  }

  /** The ARN, such as {@code arn:aws:iam::123456789012:user/Ada}. */
  public String arn() {
    return member.arn(canonicalId);
  }

  boolean isNamed(String account, String name) {
    // As on AWS, names differ by more than their case.
    return canonicalId.equals(account) && member.name().equalsIgnoreCase(name);
  }

  User with(IdentityPolicy policy) {
    Map<String, IdentityPolicy> more = new TreeMap<>(policies);
    more.put(policy.name(), policy);
    return new User(canonicalId, member, createdAt, more);
  }

  User without(String policyName) {
    Map<String, IdentityPolicy> fewer = new TreeMap<>(policies);
    fewer.remove(policyName);
    return new User(canonicalId, member, createdAt, fewer);
  }
}
