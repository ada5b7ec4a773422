package io.sluice.iam.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key made here. Immutable; its secret never appears in text.
 *
 * @param id the public half
 * @param secret the other half
 * @param canonicalId canonical id of its account
 * @param userId id of the user it belongs to; null for the account itself
 * @param status whether it opens anything
 * @param createdAt when it was made
 */
public record AccessKey(
    String id,
    String secret,
    String canonicalId,
    @Nullable String userId,
    Status status,
    Instant createdAt) {
  /** Whether a key opens anything. */
  public enum Status {
    ACTIVE,
    DISABLED
  }

  AccessKey with(Status changed) {
    return new AccessKey(id, secret, canonicalId, userId, changed, createdAt);
  }

  @Override
  public String toString() {
    return "AccessKey[" + id + ", " + status + "]";
  }
}
