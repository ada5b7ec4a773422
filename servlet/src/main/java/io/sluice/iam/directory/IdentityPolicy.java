package io.sluice.iam.directory;

import io.sluice.iam.policy.Policy;
import java.nio.charset.StandardCharsets;

/**
 * A policy of a user. Immutable.
 *
 * @param name unique among the user's
 * @param document as it was put
 * @param policy the same, compiled
 */
public record IdentityPolicy(String name, String document, Policy policy) {
  /**
   * A policy by its document.
   *
   * @throws io.sluice.error.S3Exception MalformedPolicy
   */
  static IdentityPolicy of(String name, String document) {
    return new IdentityPolicy(
        name, document, Policy.ofIdentity(document.getBytes(StandardCharsets.UTF_8)));
  }
}
