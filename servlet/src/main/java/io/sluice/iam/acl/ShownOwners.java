package io.sluice.iam.acl;

import io.sluice.xml.Owner;
import java.util.HashMap;
import java.util.Map;

/** The owners of a bucket's objects as documents show them. Confined to one answer. */
public final class ShownOwners {
  private final BucketOwnership bucket;
  private final Grantees grantees;
  private final Map<String, Owner> shown = new HashMap<>();

  ShownOwners(BucketOwnership bucket, Grantees grantees) {
    this.bucket = bucket;
    this.grantees = grantees;
  }

  /** Who owns an object now, of which an owner is noted. */
  public Owner of(String notedOwnerId) {
    return account(bucket.ownerOf(notedOwnerId));
  }

  /** An account by its canonical id. */
  public Owner account(String canonicalId) {
    return shown.computeIfAbsent(canonicalId, id -> new Owner(id, grantees.displayName(id)));
  }
}
