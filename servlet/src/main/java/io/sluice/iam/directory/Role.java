package io.sluice.iam.directory;

import io.sluice.auth.member.Member;
import io.sluice.iam.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A role of an account: others may take it on for a while. Immutable.
 *
 * @param canonicalId canonical id of the account
 * @param member name, path and id
 * @param createdAt when it was made
 * @param trust who may take it on
 * @param policies what it may do, by name
 */
public record Role(
    String canonicalId,
    Member.Role member,
    Instant createdAt,
    Trust trust,
    Map<String, IdentityPolicy> policies) {
  /**
   * Who may take a role on. Immutable.
   *
   * @param document as it was put
   * @param policy the same, compiled
   */
  public record Trust(String document, Policy policy) {
    /**
     * A trust policy by its document.
     *
     * @throws io.sluice.error.S3Exception MalformedPolicy
     */
    static Trust of(String document) {
      return new Trust(document, Policy.ofRole(document.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Copies the policies, in the order of their names. */
  public Role {
    policies = Collections.unmodifiableMap(new TreeMap<>(policies));
  }

  /** The ARN, such as {@code arn:aws:iam::123456789012:role/Reader}. */
  public String arn() {
    return member.arn(canonicalId);
  }

  boolean isNamed(String account, String name) {
    return canonicalId.equals(account) && member.name().equalsIgnoreCase(name);
  }

  Role with(Trust changed) {
    return new Role(canonicalId, member, createdAt, changed, policies);
  }

  Role with(IdentityPolicy policy) {
    Map<String, IdentityPolicy> more = new TreeMap<>(policies);
    more.put(policy.name(), policy);
    return new Role(canonicalId, member, createdAt, trust, more);
  }

  Role without(String policyName) {
    Map<String, IdentityPolicy> fewer = new TreeMap<>(policies);
    fewer.remove(policyName);
    return new Role(canonicalId, member, createdAt, trust, fewer);
  }
}
